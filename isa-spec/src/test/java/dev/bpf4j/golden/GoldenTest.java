// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mechanism of the goldens: that it fails when it must, says how to mend it, and rewrites only when told to. */
class GoldenTest {
    private static final Golden STRICT = Golden.of(false);
    private static final Golden BLESS = Golden.of(true);

    @TempDir Path folder;

    @Test
    void equalTextsPass() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
        STRICT.compare(file, "one\ntwo\n");
        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void aDifferenceFailsWithDiffAndSwitch() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\nthree\n");
        assertThatThrownBy(() -> STRICT.compare(file, "one\n2\nthree\n")).isInstanceOf(AssertionError.class).hasMessageContaining(
                " one\n-two\n+2\n three\n").hasMessageContaining("-Dbpf4j.bless=true");
        assertThat(file).hasContent("one\ntwo\nthree\n");
    }

    @Test
    void aMissingNewlineAtTheEndIsADifference() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "one\n");
        assertThatThrownBy(() -> STRICT.compare(file, "one")).isInstanceOf(AssertionError.class);
    }

    @Test
    void aMissingFileFails() {
        assertThatThrownBy(() -> STRICT.compare(folder.resolve("none.txt"), "one\n")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not exist").hasMessageContaining("+one");
    }

    @Test
    void blessWrites() throws IOException {
        Path file = folder.resolve("new/a.txt");
        BLESS.compare(file, "one\n");
        STRICT.compare(file, "one\n");
        assertThat(Files.readString(file)).isEqualTo("one\n");
    }

    @Test
    void aFolderMustHoldExactlyTheFiles() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "one\n");
        Files.writeString(folder.resolve("stale.txt"), "old\n");
        Map<String, String> made = Map.of("a.txt", "one\n", "sub/b.txt", "two\n");
        assertThatThrownBy(() -> STRICT.compareFolder(folder, made)).isInstanceOf(AssertionError.class).hasMessageContaining(
                "stale.txt is made by nothing").hasMessageContaining("b.txt does not exist");
        BLESS.compareFolder(folder, made);
        STRICT.compareFolder(folder, made);
        assertThat(folder.resolve("stale.txt")).doesNotExist();
    }

    @Test
    void anAnnotatedFileHoldsItsExpectation() throws IOException {
        Path file = Files.writeString(folder.resolve("case.txt"), "hello\n//! HELLO\n");
        STRICT.compareAnnotated(file, "//! ", String::toUpperCase);
        Files.writeString(file, "hello\n//! BYE\n");
        assertThatThrownBy(() -> STRICT.compareAnnotated(file, "//! ", String::toUpperCase)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("-//! BYE\n+//! HELLO");
    }

    @Test
    void aDiffShowsOnlyWhatIsNear() {
        List<String> before = IntStream.range(0, 100).mapToObj(i -> "line " + i).toList();
        List<String> after = IntStream.range(0, 100).filter(i -> i != 50).mapToObj(i -> "line " + i).toList();
        assertThat(Diff.of(before, after)).isEqualTo("…\n line 48\n line 49\n-line 50\n line 51\n line 52\n");
    }

    @Test
    void aHugeDiffIsCut() {
        List<String> before = IntStream.range(0, 5000).mapToObj(i -> "old " + i).toList();
        List<String> after = IntStream.range(0, 5000).mapToObj(i -> "new " + i).toList();
        assertThat(Diff.of(before, after)).startsWith("-old 0\n").endsWith("… and more\n").hasLineCount(81);
    }
}
