// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Halves;
import dev.bpf4j.analysis.Liveness;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.jit.jvm.Expressions.Extension;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.HashMap;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a method: a function, or a part of one that is too large. Blocks keep the order of their slots; each has a label; between blocks the
 * registers that are live are in the form that the block wants, as {@code long} or {@code int}.
 */
final class Method {
    private static final int INT = 32;
    private static final int ITERATIONS = Parts.ITERATIONS;
    private static final int REGISTERS_LOCAL = 1;
    private static final int ENTRY_LOCAL = 2;

    private final CodeBuilder code;
    private final Compilation compilation;
    private final GeneratedClass home;
    private final Shape shape;
    private final Parts.Part part;
    private final FlowGraph graph;
    private final Frame frame;
    private final RegisterFile registers;
    private final Expressions expressions;
    private final RegionBounds bounds;
    private final Memory memory;
    private final CallWriter calls;
    private final LoopWriter loops;
    private final Map<Integer, FastLoop> fastLoops;
    /** Where a block starts; of a loop's head, where its outer loop starts, which only refills the fuel. */
    private final Label[] labels;
    /** Where the inner loop starts, of blocks that are jumped back to. */
    private final @Nullable Label[] heads;
    /** The loop whose fast copy is being written, and where its blocks start in that. */
    private @Nullable FastLoop fast;
    private final Map<Integer, Label> fastLabels = new HashMap<>();

    /** @param part the blocks that go into the method */
    Method(CodeBuilder code, Compilation compilation, GeneratedClass home, Shape shape, Parts.Part part) {
        this.code = code;
        this.compilation = compilation;
        this.home = home;
        this.shape = shape;
        this.part = part;
        this.graph = shape.graph();
        this.registers = new RegisterFile(code);
        Needs needs = Needs.of(graph, part);
        this.frame = part.whole() ? functionFrame(needs) : partFrame(needs);
        boolean checked = compilation.strict() && !shape.routine();
        this.bounds = new RegionBounds(code, frame, compilation.provenance(), checked ? part.blocks().stream().flatMap(block -> graph
                .blocks().get(block).steps().stream()).toList() : List.of());
        this.memory = new Memory(code, frame, compilation.steps(), this, checked);
        this.expressions = new Expressions(code, registers, memory, frame);
        this.calls = new CallWriter(code, compilation, this, frame, registers, expressions);
        this.loops = new LoopWriter(code, compilation, frame, registers, bounds);
        this.fastLoops = shape.routine() ? Map.of() : FastLoop.of(compilation, graph, part);
        this.labels = new Label[graph.blocks().size()];
        for (int block : part.blocks()) {
            labels[block] = code.newLabel();
        }
        this.heads = new Label[labels.length];
        for (int block : part.blocks()) {
            findHeads(graph.blocks().get(block));
        }
    }

    private void findHeads(Block block) {
        if (!block.hub() && block.successors().size() > (block.falls() ? 1 : 0) && !graph.blocks().get(block.successors().getLast()).hub()
                && backward(block.last()) && labels[block.successors().getLast()] != null && !shape.routine()) {
            heads[block.successors().getLast()] = code.newLabel();
        }
    }

    private Frame functionFrame(Needs needs) {
        int parameter = 1;
        for (int register = 0; register < Shape.registers(); register++) {
            if (shape.reads(register)) {
                registers.parameter(register, parameter);
                parameter += 2;
            }
        }
        return new Frame(code, parameter, shape.routine() ? parameter + 2 : -1, needs.counts() && !shape.routine(), needs.iterates(), needs
                .jumps());
    }

    private Frame partFrame(Needs needs) {
        return new Frame(code, code.allocateLocal(TypeKind.LONG), shape.routine() ? code.allocateLocal(TypeKind.INT) : -1, needs.counts()
                && !shape.routine(), needs.iterates(), needs.jumps());
    }

    Compilation compilation() {
        return compilation;
    }

    /** Whether an access has been looked at before the loop whose fast copy is being written. */
    boolean isCovered(int slot) {
        return fast != null && fast.covered().contains(slot);
    }

    /** Bounds of regions, in variables. */
    RegionBounds bounds() {
        return bounds;
    }

    Expressions expressions() {
        return expressions;
    }

    /** The class that the method is in. */
    GeneratedClass home() {
        return home;
    }

    // ---- the method ----

    /** Writes everything. */
    void write() {
        frame.takeFuel();
        bounds.load();
        if (part.whole()) {
            frame.startIterations(compilation.mayGoto());
            registers.enter(shape.live(), 0);
            prepare(0);
            if (part.blocks().getFirst() != 0) {
                code.goto_(labels[0]);
            }
        } else {
            writeEntries();
        }
        Set<Integer> onlyFast = new HashSet<>();
        for (FastLoop loop : fastLoops.values()) {
            if (!loop.needsCareful()) {
                onlyFast.addAll(loop.loop().blocks());
                onlyFast.remove(loop.loop().head());
            }
        }
        List<Integer> blocks = part.blocks().stream().filter(block -> !onlyFast.contains(block)).toList();
        for (int i = 0; i < blocks.size(); i++) {
            writeBlock(graph.blocks().get(blocks.get(i)), i + 1 < blocks.size() ? blocks.get(i + 1) : -1);
        }
    }

    /** Writes the fast copy of a loop; control comes in at the label of its head. */
    private void writeFast(FastLoop loop) {
        int head = loop.loop().head();
        fast = loop;
        fastLabels.clear();
        loop.loop().blocks().forEach(block -> fastLabels.put(block, code.newLabel()));
        Label careful = heads[head];
        loops.enter(loop, careful == null ? labels[head] : careful);
        List<Integer> blocks = loop.loop().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            code.labelBinding(Objects.requireNonNull(fastLabels.get(blocks.get(i))));
            writeSteps(graph.blocks().get(blocks.get(i)), i + 1 < blocks.size() ? blocks.get(i + 1) : -1);
        }
        fast = null;
    }

    /** At the start of a part: gets what is live at the entry that is asked for out of the array. */
    private void writeEntries() {
        frame.loadStackPointer(REGISTERS_LOCAL);
        frame.loadCall(REGISTERS_LOCAL);
        if (frame.iterations() >= 0) {
            code.aload(REGISTERS_LOCAL).loadConstant(ITERATIONS).laload().lstore(frame.iterations());
        }
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < part.entries().size(); i++) {
            cases.add(SwitchCase.of(i, code.newLabel()));
        }
        code.iload(ENTRY_LOCAL).tableswitch(0, cases.size() - 1, cases.getFirst().target(), cases);
        for (int i = 0; i < cases.size(); i++) {
            int block = part.entries().get(i);
            code.labelBinding(cases.get(i).target());
            int live = live(block);
            registers.enter(live, 0);
            for (int register = 0; register < Shape.registers(); register++) {
                if ((live >> register & 1) != 0) {
                    code.aload(REGISTERS_LOCAL).loadConstant(register).laload();
                    registers.storeLong(register);
                }
            }
            prepare(block);
            code.goto_(labels[block]);
        }
    }

    private int live(int block) {
        return Halves.registers(compilation.liveness().liveIn(shape.index(), block));
    }

    private void writeBlock(Block block, int next) {
        code.labelBinding(labels[block.index()]);
        FastLoop loop = fastLoops.get(block.index());
        Label head = heads[block.index()];
        if (loop != null) {
            registers.enter(live(block.index()), compilation.inInts(shape.index(), block.index()));
            writeFast(loop);
            if (!loop.needsCareful()) {
                return;
            }
        } else if (head != null) {
            frame.separate();
        }
        if (head != null) {
            code.labelBinding(head);
        }
        writeSteps(block, next);
    }

    private void writeSteps(Block block, int next) {
        registers.enter(live(block.index()), compilation.inInts(shape.index(), block.index()));
        if (block.hub()) {
            writeHub(block);
            return;
        }
        int[] after = compilation.liveness().liveAfter(shape.index(), block);
        for (int i = 0; i < after.length; i++) {
            Step step = block.steps().get(i);
            if (compilation.slots()) {
                BytecodeListing.mark(code, step.slot());
            }
            if (step.poison() != null) {
                frame.pushRun();
                code.loadConstant(step.slot()).invokestatic(Names.CALLS, "unresolved", MethodTypeDesc.of(Names.ENDED, Names.RUN, Names.INT))
                        .athrow();
                return;
            }
            for (Effect effect : Liveness.needed(step, after[i])) {
                if (!write(effect, step, block, after[i], next)) {
                    return;
                }
            }
        }
        if (block.falls() && block.successors().size() == 1) {
            go(block.successors().getFirst(), next);
        }
    }

    /** Writes an effect; false if the block ends with it. */
    private boolean write(Effect effect, Step step, Block block, int liveAfter, int next) {
        switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> set(step.register(target), value, step, liveAfter);
            case Effect.Store(Expr address, Expr value) -> memory.store(address, value, step);
            case Effect.Atomic atomic -> {
                memory.atomic(atomic, step);
                old(atomic.old() == null ? -1 : step.register(atomic.old()), liveAfter);
            }
            case Effect.CompareExchange exchange -> {
                memory.compareExchange(exchange, step);
                old(step.register(exchange.old()), liveAfter);
            }
            case Effect.LoadAcquire(Expr.Role target, Expr address, int width) -> {
                memory.loadAcquire(address, width, step);
                old(step.register(target), liveAfter);
            }
            case Effect.StoreRelease(Expr address, Expr value) -> memory.storeRelease(address, value, step);
            case Effect.CheckAccess check -> memory.check(check, step);
            case Effect.Call(Effect.CallKind kind) -> {
                return calls.call(compilation.functions().callee(step, kind), step, liveAfter);
            }
            case Effect.CallIndirect(Expr target) -> calls.indirect(target, step, liveAfter);
            case Effect.Jump(Expr condition) -> {
                return jump(condition, step, block, next);
            }
            case Effect.MayGoto m -> {
                mayGoto(step, block, next);
                return false;
            }
            case Effect.JumpIndirect(Expr target) -> {
                jumpIndirect(target, step, block, next);
                return false;
            }
            case Effect.Exit e -> {
                exit();
                return false;
            }
        }
        return true;
    }

    private void set(int register, Expr value, Step step, int liveAfter) {
        if (value instanceof Expr.Register(Expr.Role role) && step.register(role) != Frame.STACK_POINTER) {
            registers.copy(step.register(role), register);
            return;
        }
        boolean packet = Effects.any(step.effects(), Expr.PacketLoad.class::isInstance);
        if (value instanceof Expr.ZeroExtend(Expr operand, int width) && operand.width() <= INT) {
            expressions.pushInt(operand, Extension.ZERO, step);
            if (packet) {
                calls.clobber(liveAfter);
            }
            registers.storeInt(register);
        } else {
            expressions.pushLong(value, step);
            if (packet) {
                calls.clobber(liveAfter);
            }
            registers.storeLong(register);
        }
    }

    /** Pops what an atomic operation found. */
    private void old(int register, int liveAfter) {
        if (register < 0) {
            code.pop2();
        } else {
            registers.storeLong(register);
        }
    }

    // ---- between blocks ----

    /** Brings what is live at a block's start into the form that it wants. */
    private void prepare(int block) {
        int live = live(block);
        int inInts = compilation.inInts(shape.index(), block);
        for (int register = 0; register < Shape.registers(); register++) {
            if ((live >> register & 1) != 0) {
                registers.ensure(register, (inInts >> register & 1) != 0);
            }
        }
    }

    private boolean prepared(int block) {
        int live = live(block);
        int inInts = compilation.inInts(shape.index(), block);
        for (int register = 0; register < Shape.registers(); register++) {
            if ((live >> register & 1) != 0 && registers.lacks(register, (inInts >> register & 1) != 0)) {
                return false;
            }
        }
        return true;
    }

    /** Goes to a block, wherever it is; {@code next} is the block written next, which needs no jump. */
    private void go(int block, int next) {
        if (fast != null) {
            Label inside = block == fast.loop().head() ? null : fastLabels.get(block);
            if (inside != null) {
                prepare(block);
                if (block != next) {
                    code.goto_(inside);
                }
                return;
            }
            loops.leave();
            FastLoop left = fast;
            fast = null;
            go(block, -1);
            fast = left;
            return;
        }
        if (labels[block] == null) {
            leavePart(block);
            return;
        }
        prepare(block);
        if (block != next) {
            code.goto_(labels[block]);
        }
    }

    private void leavePart(int block) {
        int live = live(block);
        for (int register = 0; register < Shape.registers(); register++) {
            if ((live >> register & 1) != 0) {
                code.aload(REGISTERS_LOCAL).loadConstant(register);
                registers.loadLong(register);
                code.lastore();
            }
        }
        if (frame.iterations() >= 0) {
            code.aload(REGISTERS_LOCAL).loadConstant(ITERATIONS).lload(frame.iterations()).lastore();
        }
        frame.leaveFuel();
        if (graph.blocks().get(block).hub()) {
            frame.pushRun();
            code.iload(frame.slot()).invokestatic(Names.CALLS, "entryAt", MethodTypeDesc.of(Names.INT, Names.RUN, Names.INT));
        } else {
            code.loadConstant(compilation.entry(shape.index(), block));
        }
        code.ireturn();
    }

    private boolean jump(Expr condition, Step step, Block block, int next) {
        if (condition instanceof Expr.Const(long value, int width)) {
            if (value == 0) {
                return true;
            }
            take(step, block.successors().getFirst(), next);
            return false;
        }
        int fall = block.successors().getFirst();
        int target = block.successors().get(1);
        boolean direct = !backward(step) && place(target) != null && prepared(target);
        if (fast != null && block.index() == fast.loop().latch()) {
            writeLatch(fast, condition, step, fall, target);
            return false;
        }
        if (direct) {
            expressions.branch(condition, true, Objects.requireNonNull(place(target)), step);
        } else {
            Label otherwise = code.newLabel();
            expressions.branch(condition, false, otherwise, step);
            long state = registers.state();
            take(step, target, -1);
            registers.restore(state);
            code.labelBinding(otherwise);
        }
        go(fall, next);
        return false;
    }

    /** The label of a block, if that is all that there is to going there. */
    private @Nullable Label place(int block) {
        return fast == null ? labels[block] : fastLabels.get(block);
    }

    /** The jump back in the fast copy of a loop. */
    private void writeLatch(FastLoop loop, Expr condition, Step step, int fall, int head) {
        Label out = code.newLabel();
        boolean known = loop.induction().trip() != null;
        if (!known) {
            expressions.branch(condition, false, out, step);
        }
        long state = registers.state();
        prepare(head);
        loops.next(Objects.requireNonNull(fastLabels.get(head)));
        fast = null;
        if (known) {
            expressions.branch(condition, false, out, step);
        }
        frame.takeUnit(step.slot());
        code.goto_(labels[head]);
        code.labelBinding(out);
        if (known) {
            go(fall, -1);
            fast = loop;
        } else {
            registers.restore(state);
            fast = loop;
            go(fall, -1);
        }
    }

    private boolean backward(Step step) {
        return compilation.steps().program().target(step.slot()) <= step.slot();
    }

    /** Takes a jump: with a unit of budget if it goes backward (Ruling 5). */
    private void take(Step step, int target, int next) {
        if (!backward(step)) {
            go(target, next);
            return;
        }
        if (fast != null) {
            prepare(target);
            loops.next(Objects.requireNonNull(fastLabels.get(target)));
            frame.takeUnit(step.slot());
            code.goto_(labels[target]);
            return;
        }
        Label head = heads[target];
        FastLoop loop = fastLoops.get(target);
        boolean enters = loop != null && graph.blocks().get(loop.loop().latch()).last().slot() != step.slot();
        if (head == null || enters) {
            frame.takeUnit(step.slot());
            go(target, next);
        } else {
            prepare(target);
            frame.takeUnit(step.slot(), head, labels[target]);
        }
    }

    private void mayGoto(Step step, Block block, int next) {
        Label goesOn = code.newLabel();
        code.lload(frame.iterations()).lconst_0().lcmp().ifne(goesOn);
        long state = registers.state();
        take(step, block.successors().get(1), -1);
        registers.restore(state);
        code.labelBinding(goesOn);
        code.lload(frame.iterations()).lconst_1().lsub().lstore(frame.iterations());
        go(block.successors().getFirst(), next);
    }

    private void jumpIndirect(Expr target, Step step, Block block, int next) {
        frame.pushRun();
        expressions.pushLong(target, step);
        code.loadConstant(graph.start()).loadConstant(graph.end()).loadConstant(step.slot());
        code.invokestatic(Names.CALLS, "jumpTarget", MethodTypeDesc.of(Names.INT, Names.RUN, Names.LONG, Names.INT, Names.INT, Names.INT));
        code.istore(frame.slot());
        Label forward = code.newLabel();
        code.iload(frame.slot()).loadConstant(step.slot()).if_icmpgt(forward);
        frame.takeUnit(step.slot());
        code.labelBinding(forward);
        go(block.successors().getFirst(), next);
    }

    private void writeHub(Block hub) {
        List<SwitchCase> cases = new ArrayList<>();
        for (int block : hub.successors()) {
            cases.add(SwitchCase.of(graph.blocks().get(block).first(), labels[block]));
        }
        code.iload(frame.slot());
        if (cases.size() * 2 > graph.end() - graph.start()) {
            code.tableswitch(graph.start(), graph.end() - 1, cases.getFirst().target(), cases);
        } else {
            code.lookupswitch(cases.getFirst().target(), cases);
        }
    }

    // ---- ends ----

    /** Returns from the function with what its callers read. */
    private void exit() {
        for (int register = 1; register < Shape.registers(); register++) {
            if (shape.leaves(register)) {
                leaveRegister(register);
            }
        }
        if (compilation.observed() && shape.index() == 0) {
            leaveRegister(0);
        }
        frame.leaveFuel();
        if (part.whole()) {
            registers.loadLong(0);
            code.lreturn();
        } else {
            code.aload(REGISTERS_LOCAL).iconst_0();
            registers.loadLong(0);
            code.lastore().loadConstant(Parts.DONE).ireturn();
        }
    }

    /** Puts a register into the run's array. */
    private void leaveRegister(int register) {
        frame.pushRun();
        code.getfield(Names.RUN, "registers", Names.LONGS).loadConstant(register);
        registers.loadLong(register);
        code.lastore();
    }

    /** Returns from the function because a tail call is pending: r0 does not matter. */
    void returnPending() {
        if (part.whole()) {
            code.lconst_0().lreturn();
        } else {
            code.loadConstant(Parts.DONE).ireturn();
        }
    }

    /** Ends the program with 0: by returning, where the function is main in the first frame and nobody looks at the registers. */
    void abandon() {
        frame.leaveFuel();
        if (!compilation.observed() && shape.index() == 0 && part.whole()) {
            Label deeper = code.newLabel();
            frame.pushStackPointer();
            frame.pushRun();
            code.getfield(Names.RUN, "stackTop", Names.LONG).lcmp().branch(Opcode.IFNE, deeper);
            code.lconst_0().lreturn();
            code.labelBinding(deeper);
        }
        frame.pushRun();
        code.invokevirtual(Names.RUN, "abandon", MethodTypeDesc.of(Names.ENDED)).athrow();
    }
}
