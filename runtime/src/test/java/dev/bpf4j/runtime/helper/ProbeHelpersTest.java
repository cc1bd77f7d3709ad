// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.LoadException;
import org.junit.jupiter.api.Test;

final class ProbeHelpersTest {
    private static final long NOWHERE = 0x5000_0000L;

    @Test
    void ruling14ProbeReadGivesErrorNotFault() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            bench.put(16, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            assertThat(bench.call("probe_read_kernel", bench.stack(16), 8, NOWHERE)).isEqualTo(-Errno.EFAULT);
            assertThat(bench.fault()).isNull();
            assertThat(bench.lane.read(bench.stack(16), 8)).as("the place is cleared").containsOnly(0);
            assertThat(bench.call("probe_read", bench.stack(16), 0, NOWHERE)).as("no bytes").isZero();
        }
    }

    @Test
    void textsEndWithZero() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            bench.put(64, "abc\0def");
            bench.put(32, "xxxxxxxx");
            assertThat(bench.call("probe_read_kernel_str", bench.stack(32), 8, bench.stack(64))).isEqualTo(4);
            assertThat(bench.lane.read(bench.stack(32), 8)).containsExactly('a', 'b', 'c', 0, 'x', 'x', 'x', 'x');
            assertThat(bench.call("probe_read_str", bench.stack(32), 3, bench.stack(64))).isEqualTo(3);
            assertThat(bench.lane.read(bench.stack(32), 4)).containsExactly('a', 'b', 0, 0);
            assertThat(bench.call("probe_read_str", bench.stack(32), 0, bench.stack(64))).isZero();
            bench.put(2, "zz");
            assertThat(bench.call("probe_read_str", bench.stack(32), 8, bench.stack(2))).as("runs off the stack").isEqualTo(-Errno.EFAULT);
            assertThat(bench.lane.read(bench.stack(32), 8)).containsOnly(0);
        }
    }
}
