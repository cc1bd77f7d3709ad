// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.compare;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.Observation;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.edit.Listing.Item;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * At which instruction two engines begin to differ.
 *
 * <p>
 * Problem: an engine cannot be stopped at an instruction. So a step of the evaluator's run is replayed by running a prefix: the instruction that
 * comes next is replaced by a jump to code that writes r0 to r9 into a map and ends the program (by a packet load out of bounds, which ends it in
 * callees and callbacks too). Prefixes are tried in the order in which the evaluator first reaches the instructions; the first one that leaves
 * different states convicts the instruction in front of it.
 *
 * @param slot        slot of the first diverging instruction in the case's first program; -1 if it could not be found
 * @param instruction its text
 * @param before      registers in front of it, as text; empty if it could not be found
 * @param detail      how the states behind it differ
 * @param difference  what was to be explained
 * @param reference   how the first engine's run ends
 */
public record Explanation(int slot, String instruction, String before, String detail, Difference difference, Observation reference) {
    private static final String DUMP = "registers";
    private static final int REGISTERS = 10;
    private static final int SPILL = -8;

    /** Explains a difference that a case shows. */
    public static Explanation of(Comparison comparison, BpftCase testCase, Policy policy, Difference difference) {
        Observation reference = comparison.observe(testCase, policy, difference.first());
        Optional<Listing> listing = Listing.of(testCase.program());
        Map<Integer, Step> steps = steps(testCase, policy);
        if (listing.isEmpty() || steps.isEmpty()) {
            return new Explanation(-1, "", "", "", difference, reference);
        }
        Step last = steps.values().iterator().next();
        for (Step step : steps.values()) {
            if (step.slot() != last.slot()) {
                BpftCase prefix = prefix(testCase, listing.get(), listing.get().position(step.slot()));
                Observation one = comparison.observe(prefix, policy, difference.first());
                Observation other = comparison.observe(prefix, policy, difference.second());
                Optional<Difference> found = Comparison.compare(difference.first(), one, difference.second(), other);
                if (found.isPresent()) {
                    return at(last, registers(one, other, testCase.program().order()).orElse(found.get().detail()), difference, reference);
                }
            }
            last = step;
        }
        return at(last, difference.detail(), difference, reference);
    }

    private static Explanation at(Step step, String detail, Difference difference, Observation reference) {
        return new Explanation(step.slot(), Disassembler.print(step.insn()), step.before(), detail, difference, reference);
    }

    /** The registers that differ in what two prefixes left in the map; empty if none does. */
    private static Optional<String> registers(Observation one, Observation other, ByteOrder order) {
        Optional<long[]> a = dumped(one, order);
        Optional<long[]> b = dumped(other, order);
        List<String> differing = new ArrayList<>();
        for (int i = 0; a.isPresent() && b.isPresent() && i < REGISTERS; i++) {
            if (a.get()[i] != b.get()[i]) {
                differing.add("r" + i + " 0x" + Long.toHexString(a.get()[i]) + " | 0x" + Long.toHexString(b.get()[i]));
            }
        }
        return differing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differing));
    }

    private static Optional<long[]> dumped(Observation observation, ByteOrder order) {
        if (!(observation instanceof Observation.Run run)) {
            return Optional.empty();
        }
        return Optional.ofNullable(run.maps().get(DUMP)).map(map -> map.values().iterator().next()).map(text -> {
            long[] values = new long[REGISTERS];
            ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(text)).order(order).asLongBuffer().get(values);
            return values;
        });
    }

    // ---- the evaluator's run ----

    /** An instruction that the evaluator reached, with the registers when it first did, and the one that it came from then. */
    private record Step(int slot, Insn insn, String before) {}

    /** By slot, in the order in which they were first reached: those executed, and the last one, which may have faulted. */
    private static Map<Integer, Step> steps(BpftCase testCase, Policy policy) {
        Map<Integer, Step> steps = new LinkedHashMap<>();
        Observation ended = BpftRunner.observe(testCase, new EvaluatorEngine((program, slot, insn, before, after) -> {
            if (program.index() == 0 && slot < program.slots()) {
                steps.putIfAbsent(slot, new Step(slot, insn, registers(insn, before)));
            }
        }), policy, true);
        if (ended instanceof Observation.Run run && run.outcome() instanceof Outcome.Fault fault && fault.program() == 0) {
            Listing.of(testCase.program()).map(listing -> listing.items().get(listing.position(fault.pc())).insn()).ifPresent(
                    insn -> steps.putIfAbsent(fault.pc(), new Step(fault.pc(), insn, "")));
        }
        return steps;
    }

    private static String registers(Insn insn, long[] values) {
        StringBuilder text = new StringBuilder();
        boolean[] named = new boolean[values.length];
        named[0] = true;
        named[insn.dst()] |= insn.instruction().operand(FieldName.DST).isRegister();
        named[insn.src()] |= insn.instruction().operand(FieldName.SRC).isRegister();
        for (int register = 0; register < named.length; register++) {
            if (named[register]) {
                text.append(text.isEmpty() ? "" : " ").append('r').append(register).append("=0x").append(Long.toHexString(
                        values[register]));
            }
        }
        return text.toString();
    }

    // ---- prefixes ----

    /** The case ended in front of an instruction of its first program. */
    private static BpftCase prefix(BpftCase testCase, Listing listing, int position) {
        int end = endOfFunction(listing, position);
        List<MapDefinition> maps = new ArrayList<>(testCase.program().maps());
        maps.add(new MapDefinition(DUMP, MapType.ARRAY.number(), Integer.BYTES, REGISTERS * Long.BYTES, 1, 0, null, new byte[0], testCase
                .program().order()));
        Listing edited = listing.insert(end, dump(maps.size() - 1)).with(position, new Item(Listing.insn("ja32", 0, 0, 0, 0), end));
        List<Program> programs = new ArrayList<>();
        programs.add(edited.program(testCase.program()));
        testCase.programs().subList(1, testCase.programs().size()).forEach(programs::add);
        programs.replaceAll(program -> program.withMaps(maps));
        return new BpftCase(testCase.name(), List.of(), programs, testCase.setup(), testCase.start(), testCase.expectation(), testCase
                .scope(),
                Map.of());
    }

    /** Functions start at position 0 and where calls and code pointers lead. */
    private static int endOfFunction(Listing listing, int position) {
        int end = listing.size();
        for (Item item : listing.items()) {
            boolean function = item.target() >= 0 && item.insn().instruction().targetField() == FieldName.IMM
                    && !item.insn().instruction().name().equals("ja32");
            if (function && item.target() > position) {
                end = Math.min(end, item.target());
            }
        }
        return end;
    }

    private static List<Item> dump(int map) {
        List<Insn> code = new ArrayList<>();
        code.add(Listing.insn("stx64", 10, 0, SPILL, 0));
        code.add(Listing.insn("lddw_map_index_value", 0, 0, 0, map));
        for (int register = 1; register < REGISTERS; register++) {
            code.add(Listing.insn("stx64", 0, register, Long.BYTES * register, 0));
        }
        code.add(Listing.insn("ldx64", 1, 10, SPILL, 0));
        code.add(Listing.insn("stx64", 0, 1, 0, 0));
        code.add(Listing.insn("ldabs8", 0, 0, 0, -1));
        code.add(Listing.insn("exit", 0, 0, 0, 0));
        return code.stream().map(Item::of).toList();
    }

    // ---- for people ----

    /** Lines that tell it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(difference.toString());
        if (slot >= 0) {
            lines.add("First diverging instruction: slot " + slot + ", " + instruction);
            if (!before.isEmpty()) {
                lines.add("Before it: " + before);
            }
            lines.add("After it: " + detail);
        }
        return lines;
    }

    /** The case with comments that explain it, expecting what the first engine does. */
    public BpftCase annotate(BpftCase testCase, String origin) {
        List<String> comments = new ArrayList<>();
        comments.add("Found by the fuzzer: " + origin + ".");
        comments.addAll(lines());
        return new BpftCase(testCase.name(), comments, testCase.programs(), testCase.setup(), testCase.start(), expectation(testCase,
                reference, difference.aspect()), testCase.scope(), testCase.goldens());
    }

    private static Map<String, List<BpftCase.Entry>> entries(Observation.Run run) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        Map<String, List<BpftCase.Entry>> all = new TreeMap<>();
        run.maps().forEach((name, contents) -> {
            List<BpftCase.Entry> entries = new ArrayList<>();
            contents.forEach((key, value) -> entries.add(new BpftCase.ValueEntry(hex.parseHex(key), hex.parseHex(value))));
            all.put(name, entries);
        });
        return all;
    }

    private static BpftCase.Expectation expectation(BpftCase testCase, Observation reference, Aspect aspect) {
        return switch (reference) {
            case Observation.Rejection(String reason) -> new BpftCase.Rejected(reason.lines().findFirst().orElse("rejected"));
            case Observation.Run run -> {
                SortedMap<Integer, Long> registers = new TreeMap<>();
                long[] left = run.outcome() instanceof Outcome.Returned ? run.registers().orElse(new long[0]) : new long[0];
                for (int i = 0; i < left.length; i++) {
                    registers.put(i, left[i]);
                }
                boolean memory = aspect == Aspect.MEMORY || !Arrays.equals(run.memory(), testCase.start().memory());
                boolean packet = aspect == Aspect.PACKET || !Arrays.equals(run.packet(), testCase.start().packet());
                yield new BpftCase.Ends(run.outcome(), registers, memory ? Optional.of(run.memory()) : Optional.empty(), packet ? Optional
                        .of(
                                run.packet()) : Optional.empty(), aspect == Aspect.MAPS ? entries(run) : Map.of());
            }
        };
    }
}
