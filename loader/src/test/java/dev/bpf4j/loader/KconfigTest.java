// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfBuilder;
import dev.bpf4j.runtime.LoadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KconfigTest {
    private static final int BOOL = 1;
    private static final int CHAR = 2;
    private static final int U16 = 3;
    private static final int S64 = 4;
    private static final int TRISTATE = 5;
    private static final int STRING = 6;
    private static final int POINTER = 7;

    private static Btf types() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        b.add("_Bool", 1, 0, false, 1, 4 << 24 | 8);
        b.integer("char", 1, true);
        b.integer("unsigned short", 2, false);
        b.integer("long", 8, true);
        b.enumeration("libbpf_tristate", 4, false, "TRI_NO", 0, "TRI_YES", 1, "TRI_MODULE", 2);
        b.array(CHAR, 6);
        b.pointer(BOOL);
        return b.parse();
    }

    private static String put(int type, String text, ByteOrder order) throws LoadException {
        Btf btf = types();
        ByteBuffer bytes = ByteBuffer.allocate((int) btf.size(type)).order(order);
        Kconfig.put(btf, type, text, bytes, "f.o: CONFIG_X");
        return HexFormat.of().formatHex(bytes.array());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {BOOL + ",y,01", BOOL + ",n,00", CHAR + ",m,6d", CHAR + ",-1,ff", U16 + ",300,2c01", U16
            + ",0xffff,ffff", S64
                    + ",-2,feffffffffffffff", TRISTATE + ",m,02000000", STRING + ",\"ab\",616200000000", STRING
                            + ",\"abcdefgh\",616263646500", STRING
                                    + ",\"\",000000000000"})
    void values(int type, String text, String expected) throws LoadException {
        assertThat(put(type, text, ByteOrder.LITTLE_ENDIAN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({U16 + ",300,012c", S64 + ",-2,fffffffffffffffe", TRISTATE + ",y,00000001"})
    void bigEndian(int type, String text, String expected) throws LoadException {
        assertThat(put(type, text, ByteOrder.BIG_ENDIAN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {BOOL + ",m,does not fit a bool", BOOL + ",z,is not a number", U16
            + ",y,does not fit an integer of 2 bytes", U16
                    + ",65536,does not fit an unsigned integer of 16 bits", U16 + ",-1,does not fit an unsigned", CHAR
                            + ",128,does not fit a signed integer of 8 bits", S64 + ",x,is not a number", TRISTATE
                                    + ",1,`expected y, n or m`", STRING
                                            + ",ab,a string in double quotes", POINTER + ",y,is not possible"})
    void refused(int type, String text, String message) {
        assertThatThrownBy(() -> put(type, text, ByteOrder.LITTLE_ENDIAN)).isInstanceOf(LoadException.class).hasMessageStartingWith(
                "f.o: CONFIG_X: ")
                .hasMessageContaining(message);
    }
}
