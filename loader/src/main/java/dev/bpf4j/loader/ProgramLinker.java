// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.BtfExt.LineInfo;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes one program: the main function's code, behind it every function that it needs, once each, in the order in which libbpf meets them (a
 * callee's callees before the caller's next callee); then calls and wide loads are given their final values.
 *
 * <p>
 * Invariant: a function is placed when the first reference to it is met, and scanned right then; so each slot is scanned once. Placing one may
 * move the code: {@link #slots} must be read after it.
 */
final class ProgramLinker {
    /** Most slots of one program; the limit of Linux (BPF_COMPLEXITY_LIMIT_INSNS). */
    static final int MAX_SLOTS = 1_000_000;
    /** What libbpf puts in the imm of a call in place of an instruction that it could not resolve. */
    static final int POISON = 0xbad2310;

    private static final int PSEUDO_MAP = 1;
    private static final int PSEUDO_MAP_VALUE = 2;
    private static final int PSEUDO_FUNCTION = 4;
    private static final int LAST_PSEUDO = 6;
    private static final int CALL_LOCAL = 1;
    private static final int CALL_KFUNC = 2;

    private final CodeFunction main;
    private final ByteOrder order;
    private final Shared shared;
    private byte[] code = new byte[0];
    private Slots slots;
    private int used;
    private final Map<CodeFunction, Integer> bases = new LinkedHashMap<>();
    private final Map<MapDefinition, Integer> maps = new LinkedHashMap<>();
    private final Map<Integer, String> kfuncs = new HashMap<>();
    private final TreeMap<Integer, String> poisoned = new TreeMap<>();
    private final List<Program.Line> lines = new ArrayList<>();
    private final Deque<Frame> open = new ArrayDeque<>();

    /** What the programs of an object share. */
    static final class Shared {
        private static final int MAX_TOTAL = 1 << 23;

        private final ByteOrder order;
        private final String license;
        private final Map<MapDefinition, List<CodeFunction>> pointedTo;
        private int left = MAX_TOTAL;

        /**
         * @param license   the object's licence
         * @param pointedTo functions whose addresses are in data, by the data's map
         */
        Shared(ByteOrder order, String license, Map<MapDefinition, List<CodeFunction>> pointedTo) {
            this.order = order;
            this.license = license;
            this.pointedTo = pointedTo;
        }

        /** Takes slots from those that may still be linked: a small file could otherwise ask for the square of its size. */
        private void take(CodeFunction main, int slots) throws LoadException {
            left -= slots;
            if (left < 0) {
                throw main.section().error(main.slot(), "the programs of this object, with the functions that they call, have more than "
                        + MAX_TOTAL
                        + " slots together");
            }
        }
    }

    /** A function being scanned. */
    private static final class Frame {
        final CodeFunction function;
        final int base;
        int next;

        Frame(CodeFunction function, int base) {
            this.function = function;
            this.base = base;
        }
    }

    private ProgramLinker(CodeFunction main, Shared shared) {
        this.main = main;
        this.order = shared.order;
        this.shared = shared;
        this.slots = new Slots(code, order);
    }

    static Program link(CodeFunction main, Shared shared) throws LoadException {
        ProgramLinker linker = new ProgramLinker(main, shared);
        linker.place(main);
        linker.scan();
        return linker.finish();
    }

    private Program finish() {
        List<Program.Function> functions = new ArrayList<>();
        bases.forEach((function, base) -> functions.add(new Program.Function(function.name(), base)));
        return new Program(main.name(), SectionNames.typeOf(main.section().name()), main.section().name(), order, Arrays.copyOf(code, used
                * Slots.SIZE),
                functions, List.copyOf(maps.keySet()), Map.of(), kfuncs, poisoned, lines, shared.license);
    }

    /** Appends a function's code, with its lines and poisoned slots. */
    private int place(CodeFunction function) throws LoadException {
        int base = used;
        if (function.slots() > MAX_SLOTS - base) {
            throw function.section().error(function.slot(), "program " + main.name() + " has more than " + MAX_SLOTS
                    + " slots with the functions that it calls");
        }
        shared.take(main, function.slots());
        used += function.slots();
        if (used * Slots.SIZE > code.length) {
            code = Arrays.copyOf(code, Math.max(used * Slots.SIZE, code.length * 2));
            slots = new Slots(code, order);
        }
        CodeSection section = function.section();
        System.arraycopy(section.code(), function.slot() * Slots.SIZE, code, base * Slots.SIZE, function.slots() * Slots.SIZE);
        int end = function.slot() + function.slots();
        int shift = base - function.slot();
        section.poisoned().subMap(function.slot(), end).forEach((slot, reason) -> poisoned.put(slot + shift, reason));
        section.lines().subMap(function.slot(), end).forEach((slot, line) -> lines.add(line(slot + shift, line)));
        bases.put(function, base);
        open.push(new Frame(function, base));
        return base;
    }

    private static Program.Line line(int slot, LineInfo line) {
        return new Program.Line(slot, line.file(), line.line(), line.column(), line.text());
    }

    private void scan() throws LoadException {
        while (!open.isEmpty()) {
            Frame frame = open.peek();
            if (frame.next >= frame.function.slots()) {
                open.pop();
                continue;
            }
            int slot = frame.next;
            int opcode = slots.opcode(frame.base + slot);
            frame.next += opcode == Slots.WIDE_LOAD ? 2 : 1;
            if (frame.next > frame.function.slots()) {
                throw error(frame, slot, "a wide load needs two slots, but function " + frame.function.name() + " ends after the first");
            }
            Reference reference = frame.function.section().references().get(frame.function.slot() + slot);
            if (opcode == Slots.WIDE_LOAD) {
                wideLoad(frame, slot, reference);
            } else if (opcode == Slots.CALL) {
                call(frame, slot, reference);
            } else if (reference != null) {
                throw error(frame, slot, "a relocation (" + reference + ") of an instruction with opcode 0x" + Integer.toHexString(opcode)
                        + ", expected a wide load (0x18) or a call (0x85)");
            }
        }
    }

    private void wideLoad(Frame frame, int slot, @Nullable Reference reference) throws LoadException {
        int at = frame.base + slot;
        if (reference == null) {
            int src = slots.src(at);
            if (src == PSEUDO_FUNCTION) {
                pointTo(at, sameSection(frame, slot, slots.imm(at)));
            } else if (src != 0 && src <= LAST_PSEUDO) {
                throw error(frame, slot, "a wide load with source " + src + " but without a relocation that says what it refers to");
            }
            return;
        }
        switch (reference) {
            case Reference.Handle handle -> loadMap(at, PSEUDO_MAP, handle.map(), 0);
            case Reference.Value value -> loadMap(at, PSEUDO_MAP_VALUE, value.map(), value.offset());
            case Reference.Code target -> pointTo(at, target.function());
            case Reference.Constant constant -> slots.setWideLoad(at, 0, (int) constant.value(), (int) (constant.value() >>> 32));
            case Reference.Kfunc kfunc -> slots.setWideLoad(at, 0, kfunc.id(), 0);
            case Reference.Missing missing -> {
                slots.setWideLoad(at, 0, 0, 0);
                poisoned.put(at, missing.reason());
            }
        }
    }

    private void call(Frame frame, int slot, @Nullable Reference reference) throws LoadException {
        int at = frame.base + slot;
        if (reference == null) {
            if (slots.src(at) == CALL_LOCAL) {
                callTo(at, sameSection(frame, slot, slots.imm(at)));
            }
            return;
        }
        switch (reference) {
            case Reference.Code target -> callTo(at, target.function());
            case Reference.Kfunc kfunc -> {
                slots.setSrc(at, CALL_KFUNC);
                slots.setImm(at, kfunc.id());
                kfuncs.put(kfunc.id(), kfunc.name());
            }
            case Reference.Missing missing -> {
                slots.setSrc(at, 0);
                slots.setImm(at, POISON);
                poisoned.put(at, missing.reason());
            }
            case Reference.Handle handle -> throw error(frame, slot, "a call of " + handle + ", expected a function");
            case Reference.Value value -> throw error(frame, slot, "a call of " + value + ", expected a function");
            case Reference.Constant constant -> throw error(frame, slot, "a call of " + constant + ", expected a function");
        }
    }

    /** Calls and function pointers within a section need no relocation: the assembler has put the distance in slots. */
    private CodeFunction sameSection(Frame frame, int slot, int distance) throws LoadException {
        long target = frame.function.slot() + slot + 1L + distance;
        CodeFunction function = frame.function.section().functionAt(target);
        if (function == null) {
            throw error(frame, slot, "refers to slot " + target + " of section " + frame.function.section().name()
                    + ", where no function starts");
        }
        return function;
    }

    private void loadMap(int at, int source, MapDefinition map, int offset) throws LoadException {
        int index = index(map);
        slots.setWideLoad(at, source, index, offset);
    }

    private void callTo(int at, CodeFunction function) throws LoadException {
        int base = baseOf(function);
        slots.setSrc(at, CALL_LOCAL);
        slots.setImm(at, base - at - 1);
    }

    private void pointTo(int at, CodeFunction function) throws LoadException {
        int base = baseOf(function);
        slots.setWideLoad(at, PSEUDO_FUNCTION, base - at - 1, 0);
    }

    private int baseOf(CodeFunction function) throws LoadException {
        Integer known = bases.get(function);
        return known != null ? known : place(function);
    }

    private int index(MapDefinition map) throws LoadException {
        Integer known = maps.get(map);
        if (known != null) {
            return known;
        }
        int index = maps.size();
        maps.put(map, index);
        for (CodeFunction function : shared.pointedTo.getOrDefault(map, List.of())) {
            baseOf(function);
        }
        return index;
    }

    private LoadException error(Frame frame, int slot, String what) {
        return frame.function.section().error(frame.function.slot() + slot, what);
    }
}
