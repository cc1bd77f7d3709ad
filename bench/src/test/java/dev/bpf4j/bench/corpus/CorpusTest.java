// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of the corpus and its files tell the same. */
class CorpusTest {
    private static final Path FOLDER = Golden.repository("bench/corpus");
    /** C files that are no programs: what is linked to them, and what makes and checks the corpus. */
    private static final Set<String> TOOLS = Set.of("repeat.c", "check.c", "images.c");

    private final Corpus corpus = Corpus.in(FOLDER);

    private static Set<String> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ending)).toList());
        }
    }

    @Test
    void everyObjectIsListedAndEveryListedObjectExists() throws IOException {
        Set<String> listed = new TreeSet<>();
        corpus.programs().forEach(program -> Stream.of(Cpu.values()).forEach(cpu -> listed.add(program.object(cpu))));
        assertThat(files(".o")).isEqualTo(listed);
    }

    @Test
    void everySourceIsListedAndEveryListedSourceExists() throws IOException {
        Set<String> listed = new TreeSet<>(TOOLS);
        corpus.programs().forEach(program -> listed.add(program.source()));
        assertThat(files(".c")).isEqualTo(listed);
    }

    @Test
    void everyImageIsUsedAndEveryUsedImageExists() throws IOException {
        Set<String> used = new TreeSet<>();
        for (CorpusProgram program : corpus.programs()) {
            assertThat(program.inputs()).as(program.name()).isNotEmpty();
            if (program.image().endsWith(".mem")) {
                used.add(program.image());
            }
        }
        assertThat(files(".mem")).isEqualTo(used);
    }

    @Test
    void namesAreDifferent() {
        assertThat(corpus.programs().stream().map(CorpusProgram::name)).doesNotHaveDuplicates();
    }

    @Test
    void whatIsShippedIsWhatIsInTheFolder() {
        Corpus shipped = Corpus.shipped();
        assertThat(shipped.programs()).hasSameSizeAs(corpus.programs());
        for (CorpusProgram program : corpus.programs()) {
            for (String name : List.of(program.source(), program.image(), program.object(Cpu.V3), program.object(Cpu.V4))) {
                assertThat(shipped.file(name)).as(name).isEqualTo(corpus.file(name));
            }
        }
    }

    @Test
    void twoProgramsHaveMoreThanEightThousandInstructions() throws Exception {
        assertThat(corpus.program("sha1").orElseThrow().load(Cpu.V3).slots()).isGreaterThan(8_000);
        assertThat(corpus.program("rules").orElseThrow().load(Cpu.V3).slots()).isGreaterThan(8_000);
    }

    @Test
    void captureGivesTheFramesThatFitAPage() {
        List<byte[]> frames = corpus.program("frames").orElseThrow().inputs();
        assertThat(frames).hasSize(327).allSatisfy(frame -> assertThat(frame.length).isBetween(14, 1514));
    }

    @Test
    void sourcesAreCopiedWithWhatTheyInclude(@TempDir Path root) throws IOException {
        Path folder = Corpus.shipped().copy(List.of("frames.c"), root);
        assertThat(folder.resolve("machine.h")).exists();
        assertThat(folder.resolve(Corpus.INCLUDE).resolve("bpf4j/packet.h")).exists();
        assertThat(folder.resolve("sha1.c")).doesNotExist();
    }
}
