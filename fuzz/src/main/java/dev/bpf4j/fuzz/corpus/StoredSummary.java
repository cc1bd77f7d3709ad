// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import java.nio.file.Path;
import java.util.List;

/**
 * What a campaign on disk has done, from its first start on.
 *
 * @param spec     what it is made of
 * @param result   programs, outcomes, disagreements
 * @param seconds  time, of all its runs
 * @param deaths   programs that ended or stopped their process
 * @param corpus   entries of the corpus
 * @param findings files of findings, one for each cause
 * @param fresh    those of them that this run has found
 */
public record StoredSummary(CampaignSpec spec, ChunkResult result, double seconds, int deaths, int corpus, List<Path> findings,
        List<Path> fresh) {
    /** Copies the lists. */
    public StoredSummary {
        findings = List.copyOf(findings);
        fresh = List.copyOf(fresh);
    }

    /** Programs per second of processor time. */
    public double perCpuSecond() {
        return result.programs() / Math.max(result.cpuNanos() / 1e9, 1e-9);
    }
}
