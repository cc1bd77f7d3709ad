// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.corpus;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import java.util.List;

/**
 * A row of the corpus' table. Immutable.
 *
 * @param corpus      where its files are
 * @param name        source, objects and row have this name
 * @param family      the group it is reported in
 * @param kind        what it measures
 * @param entry       the function that is run
 * @param image       file with what is in memory
 * @param result      r0; for a capture the fold over all frames, see {@link #fold}
 * @param description a few words
 */
public record CorpusProgram(Corpus corpus, String name, String family, Kind kind, String entry, String image, long result,
        String description) {

    /** File name of the source. */
    public String source() {
        return name + ".c";
    }

    /** File name of the object. */
    public String object(Cpu cpu) {
        return name + "." + cpu + ".o";
    }

    /** The whole object. */
    public BpfObject read(Cpu cpu) throws LoadException {
        return BpfObject.parse(corpus.file(object(cpu)), object(cpu));
    }

    /** The program that is run, of its right type: outside of section {@code xdp} all are programs over raw memory. */
    public Program load(Cpu cpu) throws LoadException {
        return typed(read(cpu).program(entry));
    }

    /** Whether it runs over packets; else it runs over raw memory. */
    public boolean overPackets() {
        return kind == Kind.PACKET || kind == Kind.TAILCALL;
    }

    /** The type that the section's name does not say. */
    public static Program typed(Program program) {
        return program.type() == ProgramType.UNSPEC ? program.withType(ProgramType.RAW) : program;
    }

    /** What it is run on: the memory; or the frames, one run each. Fresh copies. */
    public List<byte[]> inputs() {
        byte[] bytes = corpus.file(image);
        return image.endsWith(".pcap") ? Capture.frames(bytes) : List.of(bytes);
    }

    /** The result over several inputs, in their order: each step takes what was before and the next r0. Starts with 0. */
    public static long fold(long before, long r0) {
        return before * 31 + r0;
    }
}
