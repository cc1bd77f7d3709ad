// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.Constant;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.DeclTag;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Floating;
import dev.bpf4j.loader.btf.BtfType.Forward;
import dev.bpf4j.loader.btf.BtfType.Function;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.loader.btf.BtfType.Linkage;
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.BtfType.Nothing;
import dev.bpf4j.loader.btf.BtfType.Parameter;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.BtfType.Prototype;
import dev.bpf4j.loader.btf.BtfType.Qualified;
import dev.bpf4j.loader.btf.BtfType.Qualifier;
import dev.bpf4j.loader.btf.BtfType.TypeTag;
import dev.bpf4j.loader.btf.BtfType.Typedef;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.runtime.LoadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BtfTest {

    private static ByteOrder order(boolean little) {
        return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKind(boolean little) throws LoadException {
        BtfBuilder b = new BtfBuilder(order(little));
        int number = b.add("int", 1, 0, false, 4, 1 << 24 | 32);
        int prototype = b.add("", 13, 2, false, number, b.string("x"), number, 0, 0);
        b.add("", 2, 0, false, 1);
        b.add("", 3, 0, false, 0, 1, 1, 7);
        b.struct("s", 8, true, "plain", 1, 0, "bits", 1, 5 << 24 | 32);
        b.union("u", 8, "low", 1, 0, "high", 1, 32);
        b.enumeration("e", 4, true, "MINUS", -1, "ONE", 1);
        b.enumeration("wide", 8, false, "BIG", 0x1234_5678_9abc_def0L);
        b.add("forward", 7, 0, true, 0);
        b.typedef("alias", 1);
        b.add("", 9, 0, false, 1);
        b.add("", 10, 0, false, 1);
        b.add("", 11, 0, false, 1);
        b.add("run", 12, 1, false, prototype);
        int variable = b.add("global", 14, 0, false, 1, 1);
        b.add(".data", 15, 1, false, 16, variable, 4, 8);
        b.add("double", 16, 0, false, 8);
        b.add("note", 17, 0, false, 5, 1);
        b.add("user", 18, 0, false, 1);
        Btf btf = b.parse();
        assertThat(btf.order()).isEqualTo(order(little));
        assertThat(btf.types()).containsExactly(new Nothing(), new Int("int", 4, true, false, false, 0, 32), new Prototype(1, List.of(
                new Parameter("x", 1),
                new Parameter("", 0))), new Pointer(1), new Array(1, 1, 7), new Composite("s", false, 8, List.of(new Member("plain", 1, 0,
                        0), new Member("bits",
                                1, 32, 5))), new Composite("u", true, 8, List.of(new Member("low", 1, 0, 0), new Member("high", 1, 32, 0))),
                new Enumeration("e", 4, true,
                        false, List.of(new Constant("MINUS", -1), new Constant("ONE", 1))), new Enumeration("wide", 8, false, true, List.of(
                                new Constant(
                                        "BIG", 0x1234_5678_9abc_def0L))), new Forward("forward", true), new Typedef("alias", 1),
                new Qualified(
                        Qualifier.VOLATILE, 1), new Qualified(Qualifier.CONST, 1), new Qualified(Qualifier.RESTRICT, 1), new Function(
                                "run", 2, Linkage.GLOBAL), new Variable("global", 1, Linkage.GLOBAL), new DataSection(".data", 16, List
                                        .of(new Placed(15, 4, 8))), new Floating("double", 8), new DeclTag("note", 5, 1), new TypeTag(
                                                "user", 1));
        assertThat(btf.types().stream().map(BtfType::kind)).containsExactly(0, 1, 13, 2, 3, 4, 5, 6, 19, 7, 8, 9, 10, 11, 12, 14, 15, 16,
                17, 18);
        assertThat(btf.size(4)).isEqualTo(28);
        assertThat(btf.size(10)).isEqualTo(4);
        assertThat(btf.size(14)).isEqualTo(-1);
        assertThat(btf.strip(10)).isEqualTo(1);
        assertThat(btf.named("s")).containsExactly(5);
    }

    private static void refused(BtfBuilder builder, String... parts) {
        assertThatThrownBy(builder::parse).isInstanceOf(LoadException.class).hasMessageStartingWith("test").hasMessageContainingAll(parts);
    }

    @Test
    void typesThatContainThemselves() {
        BtfBuilder typedef = BtfBuilder.little();
        typedef.typedef("a", 2);
        typedef.typedef("b", 1);
        refused(typedef, "type 1 (a) contains itself");
        BtfBuilder struct = BtfBuilder.little();
        struct.struct("s", 8, false, "self", 1, 0);
        refused(struct, "type 1 (s) contains itself");
        BtfBuilder array = BtfBuilder.little();
        array.array(1, 3);
        refused(array, "type 1 contains itself");
    }

    @Test
    void cyclesThroughPointersAreFine() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        b.struct("list", 8, false, "next", 2, 0);
        b.pointer(1);
        int pointer = b.pointer(4);
        b.add("", 10, 0, false, pointer);
        Btf btf = b.parse();
        assertThat(btf.size(1)).isEqualTo(8);
        assertThat(BtfNames.of(btf, 2)).isEqualTo("struct list *");
        assertThat(BtfNames.of(btf, 3)).contains("…"); // const pointer to itself
    }

    @Test
    void nestingIsBoundedWhateverTheOrder() {
        for (boolean forward : new boolean[] {true, false}) {
            BtfBuilder b = BtfBuilder.little();
            int count = 100_000;
            if (forward) {
                for (int i = 1; i < count; i++) {
                    b.typedef("t", i + 1);
                }
                b.integer("int", 4, true);
            } else {
                b.integer("int", 4, true);
                for (int i = 1; i < count; i++) {
                    b.typedef("t", i);
                }
            }
            refused(b, "nested deeper than 64 types");
        }
    }

    @Test
    void sizesThatOverflow() {
        BtfBuilder b = BtfBuilder.little();
        b.integer("long", 8, true);
        b.array(1, -1);
        b.array(2, -1);
        refused(b, "type 3", "too large");
    }

    @Test
    void badMembers() {
        BtfBuilder outside = BtfBuilder.little();
        outside.integer("int", 4, true);
        outside.struct("s", 4, false, "x", 1, 8);
        refused(outside, "type 2 (s)", "member x of 32 bits at bit 8, but only 4 bytes");
        BtfBuilder endless = BtfBuilder.little();
        endless.add("f", 7, 0, false, 0);
        endless.struct("s", 4, false, "x", 1, 0);
        refused(endless, "member x of type 1, which has no size");
        BtfBuilder wide = BtfBuilder.little();
        wide.integer("char", 1, true);
        wide.struct("s", 4, true, "x", 1, 12 << 24);
        refused(wide, "bitfield x of 12 bits in a type of 1 bytes");
    }

    @ParameterizedTest
    @CsvSource({"0, 0x12, magic number", "2, 2, BTF version 2", "4, 8, a header of 8 bytes",
        "12, 0x100000, types of 1048576 bytes expected",
        "16, 0x100000, strings of", "31, 31, kind 31 is not known", "32, 77, a size of 77 bytes"})
    void badBytes(int offset, String value, String message) {
        byte[] bytes = valid();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (offset % 4 == 0 && offset > 0) {
            buffer.putInt(offset, Integer.decode(value));
        } else {
            buffer.put(offset, Byte.decode(value));
        }
        assertThatThrownBy(() -> Btf.parse(bytes, "test")).isInstanceOf(LoadException.class).hasMessageContaining(message);
    }

    private static byte[] valid() {
        BtfBuilder b = BtfBuilder.little();
        b.integer("int", 4, true);
        return b.build();
    }

    @Test
    void everyTruncation() {
        byte[] bytes = valid();
        for (int size = 0; size < bytes.length; size++) {
            byte[] cut = Arrays.copyOf(bytes, size);
            assertThatThrownBy(() -> Btf.parse(cut, "cut")).isInstanceOf(LoadException.class).hasMessageStartingWith("cut");
        }
    }

    @Test
    void referencesOutside() {
        BtfBuilder b = BtfBuilder.little();
        b.pointer(9);
        refused(b, "type 9 is referred to, but there are only 2");
        BtfBuilder name = BtfBuilder.little();
        name.integer("int", 4, true);
        byte[] bytes = name.build();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 1000);
        assertThatThrownBy(() -> Btf.parse(bytes, "test")).isInstanceOf(LoadException.class).hasMessageContaining(
                "offset 0x3e8: a string expected");
    }

    @Test
    void sectionsListVariablesOnly() {
        BtfBuilder b = BtfBuilder.little();
        b.integer("int", 4, true);
        b.add(".data", 15, 1, false, 4, 1, 0, 4);
        refused(b, "lists type 1, which is neither variable nor function");
    }
}
