// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.TimeSpan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run --wait}: the program sets a timer of a millisecond, which sets itself twice more. */
class RunTimersTest {
    private static final Path MEMORY = Invocation.ROOT.resolve("junit/src/test/bpf/memory.bpf.o");

    private static Invocation run(Object... more) {
        List<Object> words = new ArrayList<>(List.of("run", MEMORY, "--program", "set", "--packet", "00".repeat(60),
                "--engine=interpreter"));
        words.addAll(List.of(more));
        return Invocation.of(words.toArray());
    }

    @Test
    void timersRunWhileTimePasses() {
        assertThat(run("--wait", "2500us").out()).contains("  waited 2500000 ns: 2 timers ran, 1 still set\n");
        assertThat(run("--wait", "5ms").out()).contains("  waited 5000000 ns: 3 timers ran\n");
        assertThat(run().out()).doesNotContain("timer");
        assertThat(run("--wait", "5ms", "--maps").out()).contains("rung: 3}");
    }

    @Test
    void reportForProgramsHasThem() {
        assertThat(run("--wait", "2500us", "--format=json").out()).contains("\"timers\": 2,").contains("\"timerFaults\": 0,").contains(
                "\"timersSet\": 1,");
    }

    @Test
    void enginesAreCompared() {
        Invocation ran = run("--engine=jvm", "--wait=5ms");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).contains("  engines agree\n");
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "3ns, 3", "500us, 500000", "10ms, 10000000", "2s, 2000000000", "9223372036s, 9223372036000000000"})
    void timesHaveUnits(String text, long nanos) {
        assertThat(TimeSpan.nanos("--wait", text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1.5s", "1 s", "1m", "9223372037s", "99999999999999999999ns", "9223372036854775808ns"})
    void otherTimesAreRefused(String text) {
        assertThatThrownBy(() -> TimeSpan.nanos("--wait", text)).isInstanceOf(UserError.class).hasMessageStartingWith("--wait "
                + text + ": expected ");
    }
}
