// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public suite's format; the texts here are our own. */
class DataFileTest {
    private static final String EXIT = "9500000000000000";

    private static DataCase parse(String text) {
        return DataFile.parse("folder/name.data", text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void assemblyMemoryAndResult() {
        DataCase data = parse("""
                ignored
                # a comment with -- in it
                -- asm
                mov %r0, 7   # seven
                exit
                -- mem
                00 01 02
                ff
                -- result
                1
                0x07
                """);
        assertThat(data.name()).isEqualTo("name");
        assertThat(hex(data.code())).isEqualTo("b700000007000000" + EXIT);
        assertThat(data.memory()).containsExactly(0, 1, 2, -1);
        assertThat(data.expectation()).as("the last line counts").isEqualTo(new DataCase.Result(7));
    }

    @Test
    void carriageReturnsAndIgnoredSections() {
        DataCase data = parse(
                "-- asm\r\nexit\r\n-- c\r\nint main() { return 1; }\r\n-- no register offset\r\ncall instruction\r\n-- result\r\n0x0\r\n");
        assertThat(hex(data.code())).isEqualTo(EXIT);
        assertThat(data.memory()).isEmpty();
        assertThat(data.expectation()).isEqualTo(new DataCase.Result(0));
    }

    @Test
    void resultsAreUnsignedNumbersOf64Bits() {
        assertThat(parse("-- asm\nexit\n-- result\n18446744073709551615\n").expectation()).isEqualTo(new DataCase.Result(-1));
        assertThat(parse("-- asm\nexit\n-- result\n0xffffffffffffffff\n").expectation()).isEqualTo(new DataCase.Result(-1));
    }

    @Test
    void rawWordsWinOverAssembly() {
        assertThat(hex(parse("-- asm\nmov %r0, 1\nexit\n-- raw\n0x00000007000000b7 149\n-- result\n7\n").code())).isEqualTo(
                "b700000007000000"
                        + EXIT);
    }

    @Test
    void rawBytesAreBytesAndAnEmptyErrorIsAnyError() {
        DataCase data = parse("-- raw\n85 01 00 00 00 00 00 00\n95 00 00 00 00 00 00 00\n-- error\n");
        assertThat(hex(data.code())).isEqualTo("8501000000000000" + EXIT);
        assertThat(data.expectation()).isEqualTo(new DataCase.Failure(""));
        assertThat(parse("-- asm\nexit\n-- error\nInvalid\n").expectation()).isEqualTo(new DataCase.Failure("Invalid"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -- asm;exit;                      | 1:1: there is neither a result nor an error
            -- result;0x1                     | 1:1: there is no program: neither asm nor raw
            -- asm;;-- result;0               | the program has no instruction
            -- asm;exit;-- what;-- result;0   | 3:1: unknown directive
            -- asm;frob %r0;-- result;0       | 2:1: no instruction starts with 'frob'
            -- asm;exit;-- result;0xg         | 4:1: '0xg' is no number
            -- asm;exit;-- result;-1          | 4:1: '-1' is no number
            -- asm;exit;-- mem;1 2 300        | 4:1: '300' is no byte
            -- raw;95 00 00;-- error          | 2:1: the program has 3 bytes
            -- asm;ja nowhere;exit;-- result;0| 2:4: there is no label 'nowhere'
            """)
    void errorsNameTheirPlace(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace(';', '\n'))).isInstanceOf(SourceException.class).hasMessageContaining(message.strip());
    }

    @Test
    void suiteIsReadByNameAndOnlyWhatIsWanted(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("b.data"), "-- asm\nexit\n-- result\n0\n");
        Files.writeString(folder.resolve("a.data"), "-- asm\nmov %r0, 1\nexit\n-- result\n1\n");
        Files.writeString(folder.resolve("broken.data"), "-- nonsense\n");
        Files.writeString(folder.resolve("readme.txt"), "-- nonsense\n");
        assertThat(DataFile.suite(folder, name -> !name.equals("broken"))).extracting(DataCase::name).containsExactly("a", "b");
        assertThatThrownBy(() -> DataFile.suite(folder)).isInstanceOf(SourceException.class).hasMessageContaining("broken.data:1:1");
        assertThatThrownBy(() -> DataFile.suite(folder.resolve("none"))).isInstanceOf(IOException.class);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> DataFile.suite(empty)).isInstanceOf(IOException.class).hasMessageContaining(
                "no file that ends with .data");
    }

    /** Any text is read or refused with a place. */
    @Test
    void damagedTexts() {
        String whole = "-- asm\nmov %r0, 7\nldxdw %r1, [%r1+2]\nexit\n-- raw\n85 01\n0x95\n-- mem\n00 ff\n-- result\n0x7\n-- error\nx\n";
        int read = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder(whole);
            for (int edit = 0; edit < 3; edit++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, whole, 0, random.nextInt(whole.length()));
                }
            }
            try {
                assertThat(parse(text.toString()).code().length % 8).isZero();
                read++;
            } catch (SourceException e) {
                assertThat(e.getMessage()).contains("folder/name.data:");
            }
        }
        assertThat(read).isPositive();
    }
}
