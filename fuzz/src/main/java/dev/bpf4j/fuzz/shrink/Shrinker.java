// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.shrink;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftCase.Start;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shrinks a case while two engines differ on it in the same way ({@link Difference#sameAs}). Passes over instructions, operands, registers, memory
 * and surroundings are repeated until none of them finds anything. Not thread-safe.
 */
public final class Shrinker {
    /** Most candidates that are tried; a few milliseconds each. */
    private static final int MAX_TRIES = 6000;
    /** Bytes of a map's value that are set to zero at once, at least. */
    private static final int SHORTEST_RUN = 8;

    private final Function<BpftCase, Optional<Difference>> differs;
    private @Nullable BpftCase found;
    private int tries;

    /** @param like the difference that must stay */
    public Shrinker(Comparison comparison, Policy policy, Difference like) {
        this(testCase -> comparison.recurs(testCase, policy, like));
    }

    /** @param differs the difference that a case shows, if it is of the kind that must stay */
    public Shrinker(Function<BpftCase, Optional<Difference>> differs) {
        this.differs = differs;
    }

    /** The difference that a case shows, if it is of the kind that must stay. */
    public Optional<Difference> difference(BpftCase testCase) {
        return differs.apply(testCase);
    }

    /**
     * The smallest case found.
     *
     * @throws IllegalArgumentException if the case does not show the difference
     */
    public BpftCase shrink(BpftCase testCase) {
        if (difference(testCase).isEmpty()) {
            throw new IllegalArgumentException("case " + testCase.name() + " does not show the difference");
        }
        found = testCase;
        tries = 0;
        boolean smaller = true;
        while (smaller && tries < MAX_TRIES) {
            smaller = instructions();
            smaller |= operands();
            smaller |= registers();
            smaller |= memory();
            smaller |= contents();
            smaller |= surroundings();
        }
        return best();
    }

    private BpftCase best() {
        return Objects.requireNonNull(found);
    }

    private boolean accept(BpftCase candidate) {
        if (tries >= MAX_TRIES) {
            return false;
        }
        tries++;
        if (difference(candidate).isEmpty()) {
            return false;
        }
        found = candidate;
        return true;
    }

    // ---- instructions ----

    private boolean accept(Listing listing) {
        return listing.isComplete() && accept(withPrograms(replaceMain(listing.program(best().program()))));
    }

    private List<Program> replaceMain(Program main) {
        List<Program> programs = new ArrayList<>(best().programs());
        programs.set(0, main);
        return programs;
    }

    private Optional<Listing> listing() {
        return Listing.of(best().program());
    }

    /** Takes out runs of instructions, long ones first; then makes conditional jumps unconditional. */
    private boolean instructions() {
        boolean any = false;
        Optional<Listing> now = listing();
        if (now.isEmpty()) {
            return false;
        }
        for (int length = Math.max(1, now.get().size() / 2); length >= 1; length /= 2) {
            for (int from = listing().orElseThrow().size() - length; from >= 0; from -= 1 + (length - 1) / 2) {
                Listing listing = listing().orElseThrow();
                if (from + length <= listing.size()) {
                    any |= accept(listing.without(from, from + length));
                }
            }
        }
        for (int i = 0; i < listing().orElseThrow().size(); i++) {
            Listing listing = listing().orElseThrow();
            Listing.Item item = listing.items().get(i);
            boolean conditional = item.target() >= 0 && item.insn().instruction().targetField() == FieldName.OFF
                    && !item.insn().instruction().name().equals("ja");
            if (conditional) {
                any |= accept(listing.with(i, new Listing.Item(Listing.insn("ja", 0, 0, 0, 0), item.target())));
            }
        }
        return any;
    }

    // ---- operands ----

    private boolean operands() {
        boolean any = false;
        Optional<Listing> now = listing();
        for (int i = 0; now.isPresent() && i < now.get().size(); i++) {
            boolean changed = true;
            while (changed) {
                changed = false;
                Listing listing = listing().orElseThrow();
                Listing.Item item = listing.items().get(i);
                for (Insn simpler : Simpler.insns(item.insn(), item.target() >= 0)) {
                    if (accept(listing.with(i, new Listing.Item(simpler, item.target())))) {
                        changed = true;
                        any = true;
                        break;
                    }
                }
            }
        }
        return any;
    }

    // ---- what the run starts from ----

    private boolean accept(Start start) {
        return accept(new BpftCase(best().name(), best().comments(), best().programs(), best().setup(), start, best().expectation(), best()
                .scope(), best()
                        .goldens()));
    }

    private boolean registers() {
        boolean any = false;
        for (int register : List.copyOf(best().start().registers().keySet())) {
            TreeMap<Integer, Long> fewer = new TreeMap<>(best().start().registers());
            long value = fewer.getOrDefault(register, 0L);
            fewer.remove(register);
            if (accept(start(fewer))) {
                any = true;
                continue;
            }
            for (long simpler : Simpler.values(value)) {
                TreeMap<Integer, Long> changed = new TreeMap<>(best().start().registers());
                changed.put(register, simpler);
                if (accept(start(changed))) {
                    any = true;
                    break;
                }
            }
        }
        return any;
    }

    private Start start(SortedMap<Integer, Long> registers) {
        Start now = best().start();
        return new Start(now.kind(), now.memory(), now.packet(), registers, now.entries());
    }

    private Start start(byte[] memory) {
        Start now = best().start();
        return new Start(now.kind(), memory, now.packet(), now.registers(), now.entries());
    }

    private boolean memory() {
        boolean any = false;
        for (byte[] simpler : Simpler.bytes(best().start().memory())) {
            if (accept(start(simpler))) {
                any = true;
                break;
            }
        }
        Start now = best().start();
        for (byte[] simpler : Simpler.bytes(now.packet())) {
            if (accept(new Start(now.kind(), now.memory(), simpler, now.registers(), now.entries()))) {
                any = true;
                break;
            }
        }
        return any;
    }

    /** Zeros in the maps' values, as long as each run of zeros is accepted. */
    private boolean contents() {
        boolean any = false;
        for (Map.Entry<String, List<BpftCase.Entry>> map : Map.copyOf(best().start().entries()).entrySet()) {
            for (int i = 0; i < map.getValue().size(); i++) {
                while (zeros(map.getKey(), i)) {
                    any = true;
                }
            }
        }
        return any;
    }

    private boolean zeros(String map, int index) {
        List<BpftCase.Entry> now = best().start().entries().getOrDefault(map, List.of());
        if (index >= now.size() || !(now.get(index) instanceof BpftCase.ValueEntry(byte[] key, byte[] value))) {
            return false;
        }
        for (byte[] simpler : Simpler.zeroed(value, SHORTEST_RUN)) {
            List<BpftCase.Entry> changed = new ArrayList<>(now);
            changed.set(index, new BpftCase.ValueEntry(key, simpler));
            Map<String, List<BpftCase.Entry>> entries = new TreeMap<>(best().start().entries());
            entries.put(map, changed);
            Start start = best().start();
            if (accept(new Start(start.kind(), start.memory(), start.packet(), start.registers(), entries))) {
                return true;
            }
        }
        return false;
    }

    // ---- everything else ----

    private BpftCase withPrograms(List<Program> programs) {
        return new BpftCase(best().name(), best().comments(), programs, best().setup(), best().start(), best().expectation(), best()
                .scope(), best()
                        .goldens());
    }

    private boolean mayLoop() {
        Listing listing = listing().orElse(null);
        if (listing == null) {
            return true;
        }
        for (int i = 0; i < listing.size(); i++) {
            Listing.Item item = listing.items().get(i);
            boolean calls = item.insn().instruction().effects().stream().anyMatch(effect -> effect instanceof Effect.Call
                    || effect instanceof Effect.CallIndirect || effect instanceof Effect.JumpIndirect);
            if (calls || item.target() >= 0 && item.target() <= i) {
                return true;
            }
        }
        return false;
    }

    /** Drops further programs, maps, variables, and whatever of the machine is not standard. */
    private boolean surroundings() {
        boolean any = false;
        if (best().programs().size() > 1 || !best().start().entries().isEmpty()) {
            Start bare = new Start(best().start().kind(), best().start().memory(), best().start().packet(), best().start().registers(), Map
                    .of());
            any |= accept(new BpftCase(best().name(), best().comments(), List.of(best().program()), best().setup(), bare, best()
                    .expectation(), best()
                            .scope(), best().goldens()));
        }
        Program main = best().program();
        // a map that the run starts with contents of must stay declared, or the case could not be run again
        List<MapDefinition> filled = main.maps().stream().filter(map -> best().start().entries().containsKey(map.name())).toList();
        if (main.maps().size() > filled.size() && best().programs().size() == 1) {
            any |= accept(withPrograms(List.of(main.withMaps(filled))));
        }
        main = best().program();
        if (!main.variables().isEmpty() && best().programs().size() == 1) {
            any |= accept(withPrograms(List.of(new Program(main.name(), main.type(), main.section(), main.order(), main.code(), main
                    .functions(), main.maps(), Map.of(), main.kfuncs(), main.poisoned(), main.lines(), main.license()))));
        }
        for (BpftCase.Setup simpler : Simpler.setups(best().setup(), best().program().variables().isEmpty(), mayLoop())) {
            any |= accept(new BpftCase(best().name(), best().comments(), best().programs(), simpler, best().start(), best().expectation(),
                    best().scope(),
                    best().goldens()));
        }
        return any;
    }
}
