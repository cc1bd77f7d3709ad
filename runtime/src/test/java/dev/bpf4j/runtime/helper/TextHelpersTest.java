// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextHelpersTest {

    @Test
    void numbersAreReadAsTheKernelReadsThem() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            for (String[] words : Recorded.lines(TextHelpersTest.class, "strto.txt")) {
                byte[] text = Recorded.bytes(words[2]);
                long place = bench.put(8, new byte[8]);
                long result = bench.call(words[0], bench.put(256, text), text.length, Long.parseLong(words[1]), place);
                assertThat(result).as(String.join(" ", words)).isEqualTo(Long.parseLong(words[3]));
                long number = ByteBuffer.wrap(bench.lane.read(place, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
                assertThat(number).as(String.join(" ", words)).isEqualTo(Long.parseLong(words[4]));
            }
        }
    }

    @Test
    void numbersAreWrittenInTheProgramsOrder() throws LoadException {
        try (HelperBench bench = new HelperBench(Policy.STRICT, ByteOrder.BIG_ENDIAN, 1)) {
            assertThat(bench.call("strtol", bench.put(64, "258"), 3, 0, bench.stack(8))).isEqualTo(3);
            assertThat(bench.lane.read(bench.stack(8), 8)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
        }
    }

    @Test
    void textsAreComparedAsFarAsTheyDiffer() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            assertThat(bench.call("strncmp", bench.put(64, "abc\0"), 4, bench.put(32, "abc\0"))).isZero();
            assertThat(bench.call("strncmp", bench.put(64, "abc\0"), 4, bench.put(32, "abd\0"))).isNegative();
            assertThat(bench.call("strncmp", bench.put(64, "b\0\0\0"), 4, bench.put(32, "abd\0"))).isPositive();
            assertThat(bench.call("strncmp", bench.put(64, "ab"), 2, bench.put(32, "abd\0"))).isZero();
            assertThat(bench.call("strncmp", bench.put(64, "b"), 1, bench.put(1, "a"))).as("short second text").isPositive();
            bench.call("strncmp", bench.put(64, "aa"), 2, bench.put(1, "a"));
            var fault = Objects.requireNonNull(bench.fault());
            assertThat(fault.kind()).isEqualTo(FaultKind.BAD_ACCESS);
            assertThat(fault.address()).isEqualTo(bench.lane.stackTop());
        }
    }

    /** Expected texts and lengths from {@code bpf_snprintf} of Linux 6.18, which formats the same; -22 is -EINVAL. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, value = {"%d;5;0;5", "%d %u %x;-1;-1;-1 4294967295 ffffffff",
        "%lld %llu %llx;-1;-1;-1 18446744073709551615 ffffffffffffffff", "%ld;1099511627776;0;1099511627776",
        "%5d|%-5d|%05d;42;42;   42|42   |00042", "%+d % d %x;7;7;+7  7 7", "%c%c;65;66;AB", "100%%;0;0;100%", "%i;9;0;9", "%#x;9;0;-22",
        "%o;9;0;-22", "%hd;9;0;-22", "%10.5d;9;0;-22", "%*d;9;0;-22", "%zu;9;0;-22", "%;9;0;-22", "%l;9;0;-22", "%5;9;0;-22", "%5%;9;0;-22",
        "%q;9;0;-22", "%.3s;0;0;-22", "%-10x|;3;0;3         |", "% 5d|;3;0;    3|", "%px;4660;0;0000000000001234",
        "%llX;-9223372036854775808;0;8000000000000000", "%05x|%-05x|;255;255;000ff|ff   |", "%lu %li;1;2;1 2", "%05d;-42;0;-0042",
        "%5c|;65;0;    A|", "%-+5d|;3;0;+3   |", "%0+5d|;3;0;+0003|", "%ps;1;0;0x1", "%20px|;1;0;                   1|", "%s;0;0;",
        "%pi4;0;0;000.000.000.000", "%pI6;0;0;0000:0000:0000:0000:0000:0000:0000:0000", "%d %d %d %d;1;2;-22"})
    void linesArePrintedAsTheKernelPrintsThem(String format, long arg1, long arg2, String expected) throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            List<String> lines = new ArrayList<>();
            bench.machine.onTrace(lines::add);
            long result = bench.call("trace_printk", bench.put(128, format + "\0"), format.length() + 1, arg1, arg2, arg1);
            if ("-22".equals(expected)) {
                assertThat(result).isEqualTo(-Errno.EINVAL);
                assertThat(lines).isEmpty();
            } else {
                String text = Objects.requireNonNullElse(expected, "");
                assertThat(lines).containsExactly(text);
                assertThat(result).isEqualTo(text.length());
            }
        }
    }

    @Test
    void pointersToTextsAndAddressesAreFollowed() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            List<String> lines = new ArrayList<>();
            bench.machine.onTrace(lines::add);
            long text = bench.put(64, "world\0");
            long address = bench.put(48, new byte[] {10, 0, 0, (byte) 200});
            String format = "hello %s at %pI4 = %pi4\0";
            bench.call("trace_printk", bench.put(128, format), format.length(), text, address, address);
            assertThat(lines).containsExactly("hello world at 10.0.0.200 = 010.000.000.200");
            assertThat(bench.call("trace_printk", bench.put(128, "no end"), 6)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("trace_printk", bench.put(128, "bell \u0007\0"), 7)).isEqualTo(-Errno.EINVAL);
        }
    }
}
