// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.Invocation;
import dev.bpf4j.cli.input.ProgramChoice;
import dev.bpf4j.cli.input.ProgramFile;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.vm.Engines;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged programs: the examples' code with bits, bytes, fields and instructions changed, on real packets and maps. Such a program is refused
 * with the slot, or it returns or faults within its budget, in the interpreter as in the evaluator.
 */
class ProgramMutationTest {
    private static final List<String> EXAMPLES = List.of("xdp_firewall", "xdp_loadbalancer", "proto_counter", "tc_ratelimit",
            "socket_filter", "tail_calls", "globals_calls");
    private static final List<String> ENGINES = List.of("evaluator", "interpreter");
    private static final int PACKETS = 60;
    private static final int BUDGET = 2_000;
    /** A machine is made anew after this many programs. */
    private static final int PER_MACHINE = 500;

    @Test
    void damagedProgramsAreRefusedOrEnd() throws Exception {
        mutate(1_400);
    }

    @Test
    @Tag("long")
    void manyDamagedProgramsAreRefusedOrEnd() throws Exception {
        mutate(140_000);
    }

    private static void mutate(int count) throws Exception {
        int refused = 0;
        int faulted = 0;
        int returned = 0;
        for (String example : EXAMPLES) {
            Path file = Invocation.example(example + ".bpf.o");
            List<byte[]> packets = packets();
            int each = count / EXAMPLES.size();
            for (int first = 0; first < each; first += PER_MACHINE) {
                for (Policy policy : Policy.values()) {
                    try (Bed bed = new Bed(file, example, policy)) {
                        for (int seed = first; seed < Math.min(each, first + PER_MACHINE); seed++) {
                            if (seed % Policy.values().length != policy.ordinal()) {
                                continue;
                            }
                            SplittableRandom random = new SplittableRandom(example.hashCode() * 31L + seed);
                            Outcome outcome = bed.run(damaged(bed.code(), random), packets.get(random.nextInt(PACKETS)), example + " "
                                    + seed);
                            if (outcome == null) {
                                refused++;
                            } else if (outcome instanceof Outcome.Fault) {
                                faulted++;
                            } else {
                                returned++;
                            }
                        }
                    }
                }
            }
        }
        System.out.printf("damaged programs: %d refused, %d faulted, %d returned%n", refused, faulted, returned);
        assertThat(refused + faulted + returned).isEqualTo(count);
        assertThat(List.of(refused, faulted, returned)).allMatch(number -> number > count / 100, "each at least a hundredth of " + count);
    }

    private static List<byte[]> packets() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        try (Feed.Capture feed = new Feed.Capture(Invocation.example("traffic.pcap"), ContextKind.XDP)) {
            for (Input input = feed.next(); input != null && packets.size() < PACKETS; input = feed.next()) {
                packets.add(input.bytes());
            }
        }
        return packets;
    }

    /** One to three changes. */
    private static byte[] damaged(byte[] original, SplittableRandom random) {
        byte[] code = original.clone();
        int slots = code.length / 8;
        for (int change = random.nextInt(3); change >= 0; change--) {
            int slot = random.nextInt(slots);
            int other = random.nextInt(slots);
            switch (random.nextInt(7)) {
                case 0 -> code[random.nextInt(code.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> code[random.nextInt(code.length)] = (byte) random.nextInt();
                case 2 -> code[8 * slot + 1] = (byte) (random.nextInt(11) | random.nextInt(11) << 4);
                case 3 -> code[8 * slot + 2 + random.nextInt(2)] = (byte) random.nextInt();
                case 4 -> code[8 * slot + 4 + random.nextInt(4)] = (byte) random.nextInt();
                case 5 -> System.arraycopy(original, 8 * other, code, 8 * slot, 8);
                default -> {
                    System.arraycopy(code, 8 * slot, code, 8 * other, 8);
                    System.arraycopy(original, 8 * other, code, 8 * slot, 8);
                }
            }
        }
        return code;
    }

    /** An example in a machine per engine. */
    private static final class Bed implements AutoCloseable {
        private final Program program;
        private final List<Guest> guests = new ArrayList<>();
        private final int linked;

        Bed(Path file, String name, Policy policy) throws Exception {
            ProgramFile read = ProgramFile.read(file, ByteOrder.LITTLE_ENDIAN);
            this.program = ProgramChoice.of(read, name).program();
            Machine.Settings settings = Machine.Settings.standard().withPolicy(policy).withLimits(Limits.DEFAULT.withBudget(BUDGET));
            Setup setup = new Setup(read, program, settings, InitialMaps.beside(file), Surroundings.STANDARD);
            for (String engine : ENGINES) {
                Engine found = Engines.named(engine).orElseThrow();
                guests.add(new Guest(setup, found, line -> {
                    // what damaged programs print is of no interest
                }));
            }
            this.linked = guests.getFirst().machine().programs().size();
        }

        byte[] code() {
            return program.code();
        }

        /** How the damaged program ends in both engines; null if it is refused. */
        @Nullable
        Outcome run(byte[] code, byte[] packet, String what) {
            Program damaged = new Program(program.name(), program.type(), program.section(), program.order(), code, program.functions(),
                    program.maps(), program.variables(), program.kfuncs(), program.poisoned(), program.lines(), program.license());
            Ended first = null;
            for (Guest guest : guests) {
                Ended ended = end(guest, damaged, packet, what);
                if (ended == null) {
                    return null;
                }
                if (first == null) {
                    first = ended;
                    continue;
                }
                assertThat(ended.outcome()).as(what).matches(first.outcome()::sameAs, "is " + first.outcome());
                assertThat(ended.packet()).as("%s: packet", what).isEqualTo(first.packet());
            }
            return Objects.requireNonNull(first).outcome();
        }

        private record Ended(Outcome outcome, byte[] packet) {}

        private @Nullable Ended end(Guest guest, Program damaged, byte[] packet, String what) {
            Machine machine = guest.machine();
            try {
                machine.reset();
                LinkedProgram fresh = machine.link(damaged);
                guest.prepare(Input.of(guest.setup().context(), packet));
                Outcome outcome = machine.load(guest.engine(), fresh).run(machine.lane(0));
                PacketContext context = (PacketContext) Objects.requireNonNull(machine.lane(0).environment());
                return new Ended(outcome, context.packetBytes());
            } catch (LoadException e) {
                assertThat(e).as(what).hasMessageMatching("(?s).*slot \\d+.*|.*function.*");
                return null;
            } catch (RuntimeException e) {
                throw new AssertionError(what + " " + Arrays.toString(damaged.code()), e);
            } finally {
                machine.unlinkFrom(linked);
            }
        }

        @Override
        public void close() {
            guests.forEach(Guest::close);
        }
    }
}
