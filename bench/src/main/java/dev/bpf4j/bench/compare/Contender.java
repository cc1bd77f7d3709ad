// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;

/** A way to run the corpus. For one thread. */
public interface Contender extends AutoCloseable {
    /** Its name in reports, and the only one with it in a comparison. */
    String name();

    /** What it is exactly: a compiler with its version; the empty string if the name says it all. */
    default String description() {
        return "";
    }

    /**
     * Makes a program ready to run.
     *
     * @throws CannotRun if it does not run here, with the reason
     */
    Prepared prepare(CorpusProgram program, Cpu cpu) throws CannotRun;

    /** Frees what it holds beside prepared programs. */
    @Override
    default void close() {
        // most hold nothing
    }

    /** A program that is ready to run on its inputs. A <em>pass</em> is one run on each input. */
    interface Prepared extends AutoCloseable {
        /**
         * One pass, on fresh inputs.
         *
         * @throws CannotRun if that shows only now
         */
        Observation observe() throws CannotRun;

        /**
         * Nanoseconds of a pass, on average over so many. The inputs are put there before the clock starts; all runs of one input follow each
         * other.
         *
         * @param passes at least 1
         * @throws CannotRun    if that shows only now
         * @throws Disagreement if the last pass does not give the program's result
         */
        double time(int passes) throws CannotRun, Disagreement;

        /** Frees it. */
        @Override
        void close();
    }
}
