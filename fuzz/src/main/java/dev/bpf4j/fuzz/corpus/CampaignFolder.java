// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.isa.Utf8;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a campaign: {@code corpus/}, a {@code .bpft} file for each program that showed something new, named by its seed; the findings, which
 * may be elsewhere, named by their cause; {@code campaign.txt}, what has been done. Every file is written beside its place, forced to the disk and
 * renamed, so that it is whole whenever it is there. Thread-safe; several processes may add files at the same time.
 */
public final class CampaignFolder {
    private static final String UNFINISHED = ".unfinished-";
    private static final String STATE = "campaign.txt";
    private static final String LOCK = "lock";

    private final Path folder;
    private final Path corpus;
    private final Path findings;

    /**
     * The folder, made if it is not there.
     *
     * @param findings where findings go
     */
    public CampaignFolder(Path folder, Path findings) throws IOException {
        this.folder = folder;
        this.corpus = folder.resolve("corpus");
        this.findings = findings;
        Files.createDirectories(corpus);
        Files.createDirectories(findings);
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    /** Where findings are. */
    public Path findings() {
        return findings;
    }

    /** The folder of {@link #entries}. */
    public Path corpus() {
        return corpus;
    }

    /** The one process that runs the campaign holds this lock; empty if another one does. */
    public Optional<FileChannel> lock() throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            // another campaign of this process
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    /** Removes what a killed process left half written. Only with the {@link #lock}. */
    public void removeUnfinished() throws IOException {
        for (Path place : List.of(folder, corpus, findings)) {
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.filter(one -> String.valueOf(one.getFileName()).startsWith(UNFINISHED)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The corpus's files, ordered by seed. */
    public List<Path> entries() throws IOException {
        return cases(corpus);
    }

    /** The findings' files, ordered by name. */
    public List<Path> findingFiles() throws IOException {
        return cases(findings);
    }

    private static List<Path> cases(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(BpftFile.SUFFIX)).sorted().toList();
        }
    }

    /** The name of a corpus entry: its seed, in order, and what tells it from others. */
    public static String entryName(long seed, long hash) {
        return String.format(Locale.ROOT, "%020d-%016x%s", seed, hash, BpftFile.SUFFIX);
    }

    /** The seed that a corpus entry was found at; -1 for files of other names: those came with the corpus. */
    public static long seed(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return name.matches("[0-9]{20}-[0-9a-f]{16}\\.bpft") ? Long.parseLong(name.substring(1, 20)) : -1;
    }

    /** Adds a corpus entry. */
    public void addEntry(String name, String text) throws IOException {
        write(corpus, name, text);
    }

    /** Whether a cause has been found. */
    public boolean hasFinding(String name) {
        return Files.exists(findings.resolve(name));
    }

    /** Adds a finding, unless its cause has been found; gives its file. */
    public Path addFinding(String name, String text) throws IOException {
        if (!hasFinding(name)) {
            write(findings, name, text);
        }
        return findings.resolve(name);
    }

    /** The generators that the campaign in a folder was begun with; empty if there is none. */
    public static Optional<List<String>> generators(Path folder) throws IOException {
        return state(folder).flatMap(StoredProgress::generators);
    }

    /** What has been done, as it was written last; empty if nothing was. */
    public Optional<String> state() throws IOException {
        return state(folder);
    }

    private static Optional<String> state(Path folder) throws IOException {
        try {
            Path file = folder.resolve(STATE);
            return Optional.of(Utf8.text(file.toString(), Files.readAllBytes(file)));
        } catch (NoSuchFileException | FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Writes what has been done. */
    public void state(String text) throws IOException {
        write(folder, STATE, text);
    }

    private static void write(Path place, String name, String text) throws IOException {
        Path unfinished = place.resolve(UNFINISHED + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId() + "-" + name);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        Files.move(unfinished, place.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
