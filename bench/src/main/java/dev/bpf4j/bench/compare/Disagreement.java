// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;

/** A contender does not give what a program must give, so that its time means nothing. The message names both and the first difference. */
public final class Disagreement extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param difference what was found and what was expected */
    public Disagreement(String contender, CorpusProgram program, String difference) {
        super(contender + " disagrees on " + program.name() + ": " + difference);
    }
}
