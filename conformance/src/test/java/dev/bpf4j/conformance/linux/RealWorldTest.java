// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Helpers whose results are the real world's. */
class RealWorldTest {
    private static Program program(String text) {
        return Program.raw("test", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("test", text, ByteOrder.LITTLE_ENDIAN));
    }

    @ParameterizedTest
    @CsvSource({"5,bpf_ktime_get_ns", "7,bpf_get_prandom_u32", "8,bpf_get_smp_processor_id", "42,bpf_get_numa_node_id", "118,bpf_jiffies64",
        "125,bpf_ktime_get_boot_ns", "160,bpf_ktime_get_coarse_ns", "208,bpf_ktime_get_tai_ns"})
    void helpersOfTheRealWorld(int id, String name) {
        assertThat(RealWorld.helper(program("r6 = 0x500000085 ll\ncall " + id + "\nexit"))).contains(name);
    }

    /** The second half of a wide load is no call, whatever it looks like; other calls do not count. */
    @Test
    void everythingElse() {
        assertThat(RealWorld.helper(program("r6 = 0x8500000085 ll\ncall 1\ncall kfunc 5\ncall local f\nexit\nf:\nr0 = 5\nexit"))).isEmpty();
        long real = HelperTable.rows().stream().filter(row -> row.name().startsWith("ktime_")).count();
        assertThat(real).as("a new clock belongs into the list").isEqualTo(4);
    }
}
