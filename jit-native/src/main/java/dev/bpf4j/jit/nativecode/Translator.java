// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Translates one program: its instructions and routines in order, then what is rarely run, then the code that enters and leaves.
 *
 * <p>
 * Problem: most checks never fail, and what happens then is long. Structure: the common path is emitted in place; what follows a failed check
 * is kept and emitted behind the program. Invariants, which a target's subclass keeps: what it uses inside of one eBPF instruction holds nothing
 * between two; at every exit for Java all eBPF registers are in their places, and the number of the site, and where there is one its value, are
 * in registers of the target's choice.
 *
 * <p>
 * Entering: machine registers of the caller are saved on the machine stack, eBPF registers are loaded from the context, and code goes on at
 * {@link NativeContext#RESUME} with the frames that were open when Java was entered. Leaving is the reverse, so that nothing of a program is on
 * the machine stack while Java runs, and no Java exception can pass machine code.
 *
 * @param <A> the target's encoder
 */
public abstract class Translator<A extends CodeBuffer> extends TargetCode {
    /** The eBPF register that points to the frame's top. */
    public static final int STACK_POINTER = 10;
    /** Bytes of a register. */
    public static final int WORD = 8;
    private static final int FIRST_CLOBBERED = 1;
    private static final int CLOBBERED_END = 6;
    private static final int FIRST_KEPT = 6;
    private static final String RARE = "rarely run:";
    private static final String ENTER = "entering and leaving:";

    /** What machine instructions are appended to. */
    protected final A asm;
    private final Translation translation;
    private final LinkedProgram program;
    private final Prediction prediction;
    private final List<Runnable> cold = new ArrayList<>();
    private final List<Runnable> rare = new ArrayList<>();
    /** Labels of the instructions, by slot. */
    private final int[] slots;
    /** Labels that calls of functions go to, by slot of their first instruction; -1 elsewhere. */
    private final int[] entries;
    /** Labels of the functions behind the code that keeps the return address, likewise. */
    private final int[] bodies;
    /** Label of the code that leaves for Java. */
    private final int exit;
    private final int entry;
    private final int recover;
    private final int returns;
    /** Labels of the searches through all regions, by size and access; -1 if not needed. */
    private final int[] searches = new int[10];
    /** Return addresses of calls of routines: label, slot of the call. */
    private final List<int[]> routineReturns = new ArrayList<>();
    /** Labels where loops go on that have been looked at, by slot of their head. */
    private final Map<Integer, Integer> again = new HashMap<>();
    private final Rotations rotations;
    /** Made when translation begins. */
    private @Nullable Sequences sequences;
    /** The loop whose fast copy is being emitted. */
    private @Nullable FastLoopCode fast;
    private int at;

    /** A translator that has not begun. */
    protected Translator(Translation translation, Prediction prediction, A asm) {
        this.asm = asm;
        this.translation = translation;
        this.program = translation.program();
        this.prediction = prediction;
        this.rotations = Rotations.of(translation);
        asm.expect(program.totalSlots());
        this.slots = new int[program.totalSlots()];
        this.entries = new int[program.totalSlots()];
        this.bodies = new int[program.totalSlots()];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = asm.label();
            entries[slot] = -1;
        }
        program.functions().forEach(slot -> {
            entries[slot] = asm.label();
            bodies[slot] = asm.label();
        });
        Arrays.fill(searches, -1);
        this.exit = asm.label();
        this.entry = asm.label();
        this.recover = asm.label();
        this.returns = asm.label();
    }

    // ---- what generated code asks ----

    /** Whether the processor has a feature, and it is to be used. */
    protected final boolean has(String feature) {
        return translation.has(feature);
    }

    /** Notes the rule that gives the code that follows, for listings. */
    protected final void rule(String name) {
        asm.comment(name);
    }

    // ---- what targets ask ----

    /** What is known of the program. */
    protected final Translation translation() {
        return translation;
    }

    /** Slot of the instruction that is being emitted. */
    protected final int at() {
        return at;
    }

    /** Whether the instruction belongs to a routine, whose accesses are its own. */
    protected final boolean inRoutine() {
        return program.inRoutine(at);
    }

    /** Whether accesses of this instruction are checked. */
    protected final boolean checks() {
        return translation.strict() && !inRoutine();
    }

    /** Whether the access of this instruction certainly lies in a region that allows it. */
    protected final boolean certain() {
        return fast != null && fast.covers(at);
    }

    /** Offset in the context of the region that the access of this instruction is expected to hit. */
    protected final int region() {
        return prediction.at(at);
    }

    /** Emits this behind the program. */
    protected final void cold(Runnable code) {
        cold.add(code);
    }

    /** Emits this behind the program, but before what is cold. */
    protected final void rare(Runnable code) {
        rare.add(code);
    }

    /** The label of a search through all regions. */
    protected final int searchLabel(int size, boolean write) {
        int index = searchIndex(size, write);
        if (searches[index] < 0) {
            searches[index] = asm.label();
        }
        return searches[index];
    }

    private static int searchIndex(int size, boolean write) {
        return NativeContext.limitIndex(size) + (write ? 5 : 0);
    }

    /** Offset in the context of the limit of a region for an access. */
    public static int limit(int region, int size, boolean write) {
        return switch (region) {
            case NativeContext.STACK -> region + WORD;
            case NativeContext.CONTEXT, NativeContext.PACKET -> region + WORD * NativeContext.limitIndex(size);
            default -> region + WORD * NativeContext.limitIndex(size) + (write ? 4 * WORD : 0);
        };
    }

    // ---- the program ----

    /** Translates. */
    protected final Compiled translate() {
        sequences = Tuning.SEQUENCES ? new Sequences(translation, rotations, this) : null;
        Map<Integer, FastLoop> loops = loopTarget() == null ? Map.of() : FastLoop.of(translation, prediction);
        BitSet heads = new BitSet();
        loops.keySet().forEach(heads::set);
        for (int slot = 0; slot < program.totalSlots();) {
            if (entries[slot] >= 0) {
                function(slot);
            }
            asm.bind(slots[slot]);
            if (heads.get(slot)) {
                fastCopy(slot, Objects.requireNonNull(loops.get(slot)));
            }
            int end = slot + emitAt(slot);
            while (++slot < end) {
                asm.bind(slots[slot]);
            }
        }
        asm.comment(RARE);
        for (int i = 0; i < rare.size(); i++) {
            rare.get(i).run();
        }
        for (int i = 0; i < cold.size(); i++) {
            cold.get(i).run();
        }
        searches();
        asm.comment(ENTER);
        asm.bind(returns);
        clobber();
        returnFromFunction();
        transitions(entry, exit, recover);
        return finish();
    }

    private void fastCopy(int head, FastLoop loop) {
        FastLoopCode code = new FastLoopCode(this, asm, Objects.requireNonNull(loopTarget()), loop);
        fast = code;
        code.emit();
        fast = null;
        again.put(head, asm.here());
    }

    /** Emits what starts at a slot, without a label; gives the slots that it takes. */
    final int emitAt(int slot) {
        Insn insn = program.insn(slot);
        comment(slot);
        int taken = sequences == null ? 0 : sequences.emit(slot);
        for (int i = 1; i < taken; i++) {
            comment(slot + i);
        }
        if (taken > 0) {
            return taken;
        }
        if (insn != null && !rewritten(slot)) {
            instruction(slot, insn, program.poison(slot) != null);
        }
        return 1;
    }

    /** The label of an instruction. */
    final int label(int slot) {
        return slots[slot];
    }

    /** Emits what stands in the place of an instruction; false if the instruction itself does. */
    private boolean rewritten(int slot) {
        if (rotations.untouched(slot)) {
            return false;
        }
        Rotations.Rotation rotation = rotations.at(slot);
        if (rotation != null) {
            rotate(rotation.width(), translation.register(rotation.dst()), translation.register(rotation.src()), rotation.count());
        }
        return true;
    }

    private void function(int slot) {
        asm.bind(entries[slot]);
        keepReturnAddress();
        asm.bind(bodies[slot]);
        if (translation.countsIterations(slot)) {
            pushCounter(translation.machine().limits().mayGoto());
        }
    }

    private void comment(int slot) {
        Insn insn = program.insn(slot);
        if (asm.lists() && insn != null) {
            asm.comment(slot + ": " + Disassembler.print(insn));
        }
    }

    private void instruction(int slot, Insn insn, boolean poisoned) {
        at = slot;
        firstOperand(translation.register(insn, FieldName.DST));
        if (poisoned) {
            leaveFor(Site.Kind.UNRESOLVED, 0, false, -1);
            return;
        }
        emit(insn.instruction().index(), translation.register(insn, FieldName.DST), translation.register(insn, FieldName.SRC), insn.off(),
                insn.imm());
    }

    /** A search for each kind of access that the program has. */
    private void searches() {
        for (int size = 1; size <= WORD; size *= 2) {
            for (int write = 0; write < 2; write++) {
                int label = searches[searchIndex(size, write == 1)];
                if (label >= 0) {
                    asm.bind(label);
                    search(size, write == 1);
                }
            }
        }
    }

    private Compiled finish() {
        Relaxation.Code code = Relaxation.finish(asm);
        int[] offsets = code.offsets();
        int[] starts = new int[program.totalSlots()];
        int[] functions = new int[program.totalSlots()];
        BitSet iterations = new BitSet();
        Arrays.fill(functions, -1);
        for (int slot = 0; slot < starts.length; slot++) {
            starts[slot] = program.insn(slot) == null ? -1 : offsets[slots[slot]];
            if (entries[slot] >= 0) {
                functions[slot] = offsets[bodies[slot]];
            }
            if (translation.countsIterations(slot)) {
                iterations.set(slot);
            }
        }
        Map<Integer, Integer> returnsOfRoutines = new HashMap<>();
        routineReturns.forEach(pair -> returnsOfRoutines.put(offsets[pair[0]], pair[1]));
        return new Compiled(code, offsets[entry], offsets[recover], List.copyOf(translation.sites()), starts, functions, returnsOfRoutines,
                offsets[returns],
                keptByCallTo().cardinality(), translation.seesMainFrameOnly(), translation.stackWritten(), translation.isLoopFree(),
                iterations);
    }

    // ---- leaving ----

    /** Leaves for Java. */
    protected final void leaveFor(Site.Kind kind, int size, boolean write, int resume) {
        leaveAt(translation.site(new Site(kind, at, size, write, resume)));
    }

    /** Leaves for Java at a site. */
    protected final void leaveAt(int site) {
        putSite(site);
        asm.jump(exit);
    }

    /** A label of code, emitted later, that leaves for Java. */
    private int coldExit(Site.Kind kind, int resume) {
        int label = asm.label();
        int slot = at;
        cold.add(() -> {
            asm.bind(label);
            leaveAt(translation.site(new Site(kind, slot, 0, false, resume)));
        });
        return label;
    }

    // ---- jumps ----

    /** Goes to the target if a condition holds; a jump that does not go forward takes a unit of budget. */
    protected final void branch(int condition) {
        int target = program.target(at);
        if (fast != null) {
            fast.branch(condition, at, target);
            return;
        }
        if (target > at || inRoutine()) {
            asm.jump(condition, slots[target]);
            return;
        }
        int next = asm.label();
        asm.jump(condition ^ 1, next);
        back(target);
        asm.bind(next);
    }

    /** Goes to the target. */
    protected final void go() {
        int target = program.target(at);
        if (fast != null) {
            fast.go(at, target);
        } else if (target > at || inRoutine()) {
            asm.jump(slots[target]);
        } else {
            back(target);
        }
    }

    private void back(int target) {
        translation.loops();
        asm.jump(useFuel() ^ 1, again.getOrDefault(target, slots[target]));
        asm.jump(coldExit(Site.Kind.BUDGET, slots[target]));
    }

    /** Jumps to the instruction that a code pointer in a machine register means; Java decides. */
    protected final void jump_to(int target) {
        translation.loops();
        putValue(target);
        leaveFor(Site.Kind.JUMP_TO, 0, false, -1);
    }

    /** Goes to the target if no iteration is left, and else counts one. */
    protected final void count_iteration() {
        branch(compareCounter());
        countDown();
    }

    // ---- calls ----

    private void takeUnit() {
        if (inRoutine()) {
            return;
        }
        translation.loops();
        int label = asm.label();
        asm.jump(useFuel(), coldExit(Site.Kind.BUDGET, label));
        asm.bind(label);
    }

    /** Calls the function at the target, in the next frame. */
    protected final void call_local() {
        int target = program.target(at);
        takeUnit();
        asm.jump(compareDepth(), coldExit(Site.Kind.CALL_DEPTH, -1));
        BitSet kept = translation.kept(at, target);
        push(kept);
        moveFrame(true);
        asm.call(entries[target]);
        moveFrame(false);
        pop(kept);
    }

    /** Calls a routine, if the helper is one, else leaves for Java. */
    protected final void call_helper() {
        int routine = program.routine(at);
        if (routine < 0) {
            int back = asm.label();
            leaveFor(Site.Kind.HELPER, 0, false, back);
            asm.bind(back);
            return;
        }
        takeUnit();
        BitSet kept = translation.kept(at, routine);
        push(kept);
        asm.call(entries[routine]);
        routineReturns.add(new int[] {asm.here(), at});
        pop(kept);
        clobber();
    }

    /** After a helper call r1 to r5 are 0 (Ruling 4). */
    private void clobber() {
        for (int r = FIRST_CLOBBERED; r < CLOBBERED_END; r++) {
            clear(translation.register(r));
        }
    }

    /** Leaves for Java, which has none. */
    protected final void call_kfunc() {
        leaveFor(Site.Kind.KFUNC, 0, false, -1);
    }

    /** Java decides what is called; the return address lies in the open frames, for whoever returns. */
    protected final void call_to(int target) {
        translation.loops();
        BitSet kept = keptByCallTo();
        push(kept);
        putValue(target);
        putSite(translation.site(new Site(Site.Kind.CALL_TO, at, 0, false, -1)));
        callExit();
        routineReturns.add(new int[] {asm.here(), at});
        pop(kept);
        resetStackRegion();
    }

    /** The label of the code that leaves for Java. */
    protected final int exitLabel() {
        return exit;
    }

    /** Registers that a call of who knows what keeps in the open frames. */
    private BitSet keptByCallTo() {
        BitSet kept = (BitSet) translation.used().clone();
        kept.clear(0, FIRST_KEPT);
        kept.set(STACK_POINTER);
        return kept;
    }

    /** Ends the function. */
    protected final void leave() {
        if (translation.countsIterations(at)) {
            dropCounter();
        }
        returnFromFunction();
    }

    // ---- the rest ----

    /** A legacy packet load, whose offset is the value that goes to Java. */
    protected final void packet_load(int width) {
        int back = asm.label();
        leaveFor(Site.Kind.PACKET, width / WORD, false, back);
        asm.bind(back);
    }

    /** A constant that takes more than the immediate, or that the loader knows. */
    protected final void constant(int register) {
        constant(register, program.constant(at));
    }
}
