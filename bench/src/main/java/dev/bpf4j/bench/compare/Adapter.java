// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.conformance.candidate.OutsideRuntime;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Ended;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Timed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A runtime of another project that runs a program many times and says how long that took. For one thread. */
interface Adapter extends AutoCloseable {
    /**
     * Has a program run so many times.
     *
     * @throws CannotRun with the reason, if it does not return, or no answer comes
     */
    Timed run(byte[] code, byte[] memory, long times) throws CannotRun;

    @Override
    void close();

    /** An adapter that speaks the protocol of {@code docs/conformance-protocol.md}; its process is started with the first program. */
    static Adapter of(String name, List<String> command) {
        return new Running(new OutsideRuntime(name, command, true, Running.LIMIT));
    }

    /** An adapter's process. */
    final class Running implements Adapter {
        static final Duration LIMIT = Duration.ofMinutes(2);

        private final OutsideRuntime runtime;

        private Running(OutsideRuntime runtime) {
            this.runtime = runtime;
        }

        @Override
        public Timed run(byte[] code, byte[] memory, long times) throws CannotRun {
            try {
                Timed timed = runtime.time(code, memory, times);
                Ended ended = timed.answer().ended();
                if (ended != Ended.RETURNED) {
                    throw new CannotRun("the adapter says " + ended.name().toLowerCase(Locale.ROOT) + ": " + timed.answer().text());
                }
                return timed;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotRun("interrupted");
            }
        }

        @Override
        public void close() {
            runtime.close();
        }
    }
}
