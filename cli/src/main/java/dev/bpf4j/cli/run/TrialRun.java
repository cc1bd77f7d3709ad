// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.cli.input.ProgramChoice;
import dev.bpf4j.cli.input.ProgramFile;
import dev.bpf4j.conformance.linux.RunRefused;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.map.BpfMap;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Performs one trial: every engine gets the same packets, and everything that can be seen is compared, with the expectation and among the
 * engines. The kernel comes first if it is the judge, so that the others are compared with it. For one thread.
 */
final class TrialRun {
    private static final int MOST_OBJECT = 256 << 20;
    private static final String LINUX = "linux";
    /** Bytes in front of the network header. */
    private static final int LINK_HEADER = 14;

    private final Trial trial;
    private final List<Guest> guests = new ArrayList<>();
    private final Map<String, Long> verdicts = new LinkedHashMap<>();
    private long packets;

    private TrialRun(Trial trial) {
        this.trial = trial;
    }

    /**
     * What came of a trial.
     *
     * @param packets how many were run
     * @param engines the engines that ran them, the judge included
     * @param problem what was not as expected; null if the trial holds
     * @param absent  why it was not performed; null if it was
     */
    record Result(Trial trial, long packets, List<String> engines, @Nullable String problem, @Nullable String absent) {
        boolean held() {
            return problem == null && absent == null;
        }

        /** Whether the judge said it in this very run. */
        boolean judged() {
            return held() && (trial.judge() == Trial.Judge.SOURCE || engines.contains(LINUX));
        }
    }

    /** Something is not as expected. */
    private static final class Unexpected extends Exception {
        private static final long serialVersionUID = 1;

        Unexpected(String what) {
            super(what);
        }
    }

    /**
     * Performs a trial.
     *
     * @param objects the folder of objects
     * @param engines to run in; the kernel is asked where it is the judge, and only there
     */
    static Result perform(Trial trial, Path objects, List<Engine> engines) throws IOException {
        Path object = objects.resolve(trial.object());
        if (!Files.isRegularFile(object)) {
            return new Result(trial, 0, List.of(), null, "there is no " + trial.object());
        }
        byte[] bytes = InputFile.read(object, MOST_OBJECT, "an object");
        if (!sha256(bytes).equals(trial.sha256())) {
            return new Result(trial, 0, List.of(), null, trial.object() + " is another one: its SHA-256 is " + sha256(bytes));
        }
        TrialRun run = new TrialRun(trial);
        String problem = null;
        try {
            run.load(object, engines);
            run.feed();
            run.compareMaps();
            run.expectMaps();
        } catch (Unexpected | LoadException | UserError e) {
            problem = String.valueOf(e.getMessage());
        } finally {
            run.guests.forEach(Guest::close);
        }
        return new Result(trial, run.packets, run.guests.stream().map(guest -> guest.engine().name()).toList(), problem, null);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void load(Path object, List<Engine> engines) throws IOException, LoadException {
        ProgramFile file = ProgramFile.read(object, ByteOrder.LITTLE_ENDIAN, trial.options());
        Program chosen = ProgramChoice.of(file, trial.program()).program();
        Program program = trial.type() == null ? chosen : chosen.withType(trial.type());
        Setup setup = new Setup(file, program, trial.settings(), trial.initial(), trial.with());
        List<Engine> ordered = new ArrayList<>(engines.stream().filter(engine -> !engine.name().equals(LINUX)).toList());
        if (trial.judge() == Trial.Judge.KERNEL) {
            engines.stream().filter(engine -> engine.name().equals(LINUX)).forEach(engine -> ordered.add(0, engine));
        }
        for (Engine engine : ordered) {
            guests.add(new Guest(setup, engine, line -> {
                // what is printed is not compared
            }));
        }
    }

    private void feed() throws IOException, Unexpected {
        Setup setup = guests.getFirst().setup();
        ContextKind kind = trial.networkStart() && setup.context() == ContextKind.SKB ? ContextKind.SKB_NETWORK : setup.context();
        for (Trial.Packet packet : trial.packets()) {
            Observation seen = run(Input.of(kind, packet.bytes()));
            expect("verdict", packet.verdict(), verdict(setup, seen));
            byte[] leaves = packet.leaves() == null ? visible(kind, packet.bytes()) : packet.leaves();
            expect("packet", hex(leaves), hex(seen.bytes()));
            expectRedirect(packet.redirect());
        }
        Trial.Capture capture = trial.capture();
        if (capture == null) {
            return;
        }
        try (Feed feed = new Feed.Capture(capture.file(), kind)) {
            for (Input input = feed.next(); input != null; input = feed.next()) {
                if (input.bytes().length >= capture.shortest() && input.bytes().length <= capture.longest()) {
                    verdicts.merge(verdict(setup, run(Input.of(kind, input.bytes()))), 1L, Long::sum);
                }
            }
        }
        expect("verdicts of the capture", new TreeMap<>(trial.verdicts()), new TreeMap<>(verdicts));
    }

    /** What a program that does nothing leaves. */
    private static byte[] visible(ContextKind kind, byte[] packet) {
        int link = kind == ContextKind.SKB_NETWORK ? LINK_HEADER : 0;
        return Arrays.copyOfRange(packet, Math.min(link, packet.length), packet.length);
    }

    private static String verdict(Setup setup, Observation seen) {
        return switch (seen.outcome()) {
            case Outcome.Returned(long r0) -> Verdict.name(setup.program().type(), r0);
            case Outcome.Fault fault -> Tally.FAULT + " " + fault;
        };
    }

    private Observation run(Input input) throws Unexpected {
        packets++;
        Observation reference = null;
        for (Guest guest : guests) {
            Observation seen;
            try {
                seen = guest.observe(input);
            } catch (RunRefused e) {
                throw new Unexpected("packet " + packets + " is refused by " + guest.engine().name() + ": " + e.refused());
            }
            if (reference == null) {
                reference = seen;
                continue;
            }
            Observation.Difference difference = reference.difference(seen);
            if (difference != null) {
                throw different("packet " + packets, guest, difference);
            }
        }
        return Objects.requireNonNull(reference);
    }

    private Unexpected different(String where, Guest guest, Observation.Difference difference) {
        return new Unexpected(where + ": " + difference.what() + " is " + difference.first() + " in " + guests.getFirst().engine().name()
                + " and " + difference.second() + " in " + guest.engine().name());
    }

    private void expect(String what, Object expected, Object found) throws Unexpected {
        if (!expected.equals(found)) {
            throw new Unexpected("packet " + packets + ": " + what + " is " + found + ", expected " + expected);
        }
    }

    private void expectRedirect(int interfaceNumber) throws Unexpected {
        for (Guest guest : guests) {
            if (interfaceNumber != 0 && !guest.engine().name().equals(LINUX)) {
                PacketContext.Redirect redirect = guest.packet().redirect();
                expect("interface in " + guest.engine().name(), interfaceNumber, redirect == null ? 0 : redirect.ifindex());
            }
        }
    }

    private void compareMaps() throws Unexpected {
        List<MapContents> reference = null;
        for (Guest guest : guests) {
            List<MapContents> maps = MapContents.of(guest.machine()).stream().filter(map -> !trial.apart().contains(map.name()) || !guests
                    .getFirst().engine().name().equals(LINUX)).toList();
            Observation.Difference difference = reference == null ? null : MapContents.difference(reference, maps);
            reference = reference == null ? maps : reference;
            if (difference != null) {
                throw different("at the end", guest, difference);
            }
        }
        if (!trial.apart().isEmpty() && guests.getFirst().engine().name().equals(LINUX)) {
            compareApart();
        }
    }

    /** Maps that the kernel's are not compared with are compared among the other engines. */
    private void compareApart() throws Unexpected {
        List<Guest> ours = guests.subList(1, guests.size());
        for (Guest guest : ours) {
            Observation.Difference difference = MapContents.difference(MapContents.of(ours.getFirst().machine()), MapContents.of(guest
                    .machine()));
            if (difference != null) {
                throw different("at the end, without the kernel", guest, difference);
            }
        }
    }

    private void expectMaps() throws Unexpected {
        for (Guest guest : guests) {
            for (InitialMaps.Entry entry : trial.after()) {
                BpfMap map = guest.machine().maps().find(entry.map());
                byte[] value = map == null ? null : map.lookup(entry.key());
                String found = map == null ? "no map" : value == null ? "nothing" : hex(Arrays.copyOf(value, map.definition().valueSize()));
                expect("map " + entry.map() + ", key " + hex(entry.key()) + " in " + guest.engine().name(), hex(entry.value()), found);
            }
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
