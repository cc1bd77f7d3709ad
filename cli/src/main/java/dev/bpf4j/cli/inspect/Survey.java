// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.cli.Progress;
import dev.bpf4j.cli.inspect.SurveyedObject.SurveyedProgram;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LinkedObject;
import dev.bpf4j.loader.LoadOptions;
import dev.bpf4j.loader.Missing;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What of the objects in a folder works here: whether each loads, and of each program whether a machine takes it and whether anything is
 * missing. Nothing is run.
 *
 * @param folder  as the user named it
 * @param objects in the order of their paths
 * @param others  how many files are no eBPF objects
 */
record Survey(Path folder, List<SurveyedObject> objects, int others) {
    private static final int ELF_MAGIC = 0x7f45_4c46;
    private static final int EM_NONE = 0;
    private static final int EM_BPF = 247;
    private static final int HEADER = 20;
    private static final int UNSIZED = 1024;

    /** Copies the list. */
    Survey { objects = List.copyOf(objects); }

    /** An object's place and size. */
    private record Found(Path path, long bytes) {}

    /**
     * Looks at all eBPF objects in a folder and the folders in it. Links are not followed.
     *
     * @param options  what the objects are told; maps whose capacity is for the user to choose, and that it does not name, get one
     * @param progress told how many bytes of {@link #size} were looked at
     * @throws IOException if the folder cannot be read
     */
    static Survey of(Path folder, LoadOptions options, Progress progress) throws IOException {
        List<Found> found = new ArrayList<>();
        int others = 0;
        for (Path path : files(folder)) {
            if (isObject(path)) {
                found.add(new Found(path, Files.size(path)));
            } else {
                others++;
            }
        }
        List<SurveyedObject> objects = new ArrayList<>();
        long done = 0;
        for (Found object : found) {
            objects.add(look(object.path, options.withUnsized(UNSIZED), folder.relativize(object.path).toString().replace('\\', '/')));
            done += object.bytes;
            progress.reached(done);
        }
        return new Survey(folder, objects, others);
    }

    /** Bytes of the objects in a folder. */
    static long size(Path folder) throws IOException {
        long bytes = 0;
        for (Path path : files(folder)) {
            bytes += isObject(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether a file's header is that of a relocatable ELF file for eBPF. Old compilers wrote no machine number. */
    private static boolean isObject(Path path) throws IOException {
        byte[] header;
        try (InputStream stream = Files.newInputStream(path)) {
            header = stream.readNBytes(HEADER);
        }
        if (header.length < HEADER || ByteBuffer.wrap(header).getInt() != ELF_MAGIC) {
            return false;
        }
        ByteOrder order = header[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int machine = ByteBuffer.wrap(header).order(order).getShort(18) & 0xffff;
        return machine == EM_BPF || machine == EM_NONE;
    }

    private static SurveyedObject look(Path path, LoadOptions options, String name) throws IOException {
        if (Files.size(path) > ElfObject.MAX_FILE) {
            return new SurveyedObject(name, "", "has more than " + ElfObject.MAX_FILE + " bytes", List.of());
        }
        byte[] bytes = Files.readAllBytes(path);
        String hash = sha256(bytes);
        BpfObject object;
        try {
            object = BpfObject.parse(bytes, name, options);
        } catch (LoadException e) {
            return new SurveyedObject(name, hash, String.valueOf(e.getMessage()), List.of());
        }
        return new SurveyedObject(name, hash, null, object.programs().stream().map(program -> look(object, program)).toList());
    }

    private static SurveyedProgram look(BpfObject object, Program program) {
        String error = null;
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LinkedObject.link(object, machine, List.of(program));
        } catch (LoadException e) {
            error = String.valueOf(e.getMessage());
        }
        return new SurveyedProgram(program.name(), program.section(), program.type().name().toLowerCase(Locale.ROOT), program.type()
                .network(), program.slots(), error, Missing.in(program, HelperTable.linux()));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether every object loads and every program is complete. */
    boolean good() {
        return objects.stream().allMatch(object -> object.loaded() && object.programs().stream().allMatch(SurveyedProgram::complete));
    }

    /**
     * Sums.
     *
     * @param programs number of programs
     * @param linked   those that a machine takes
     * @param complete those that get all that they ask for
     */
    record Sums(int programs, int linked, int complete) {
        private Sums plus(SurveyedProgram program) {
            return new Sums(programs + 1, linked + (program.linked() ? 1 : 0), complete + (program.complete() ? 1 : 0));
        }
    }

    /** Number of objects that load. */
    int loaded() {
        return (int) objects.stream().filter(SurveyedObject::loaded).count();
    }

    /** Sums over all programs. */
    Sums all() {
        return sums(false);
    }

    /** Sums over the programs of network types. */
    Sums network() {
        return sums(true);
    }

    private Sums sums(boolean networkOnly) {
        Sums sums = new Sums(0, 0, 0);
        for (SurveyedObject object : objects) {
            for (SurveyedProgram program : object.programs()) {
                sums = networkOnly && !program.network() ? sums : sums.plus(program);
            }
        }
        return sums;
    }

    /** Sums by program type. */
    Map<String, Sums> byType() {
        Map<String, Sums> types = new TreeMap<>();
        for (SurveyedObject object : objects) {
            for (SurveyedProgram program : object.programs()) {
                types.put(program.type(), types.getOrDefault(program.type(), new Sums(0, 0, 0)).plus(program));
            }
        }
        return types;
    }

    /**
     * How often something is missing.
     *
     * @param network how many of the programs are of network types
     */
    record Count(Missing what, int programs, int network, int objects) {}

    /** What is missing, most programs first. */
    List<Count> missing() {
        Map<Missing, int[]> counts = new HashMap<>();
        for (SurveyedObject object : objects) {
            Set<Missing> seen = new HashSet<>();
            for (SurveyedProgram program : object.programs()) {
                for (Missing what : program.missing()) {
                    int[] count = counts.computeIfAbsent(what, key -> new int[3]);
                    count[0]++;
                    count[1] += program.network() ? 1 : 0;
                    count[2] += seen.add(what) ? 1 : 0;
                }
            }
        }
        return counts.entrySet().stream().map(entry -> new Count(entry.getKey(), entry.getValue()[0], entry.getValue()[1], entry
                .getValue()[2])).sorted(Comparator.comparingInt(Count::programs).reversed().thenComparing(count -> count.what()
                        .kind()).thenComparing(count -> count.what().name())).toList();
    }
}
