// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.Functions;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.helper.Argument;
import dev.bpf4j.runtime.helper.HelperRow;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known about a program while it is translated: which registers its functions use and change, and where code leaves for Java. */
public final class Translation {
    private static final int KEPT_END = 10;
    /** r6 to r9, and r0 to r5, as bits. */
    private static final int KEPT = 0b11_1100_0000;
    private static final int RESULTS = 0b11_1111;

    /** By row of the table: what is asked of it for every instruction. */
    private static final Row[] ROWS = Isa.system().instructions().stream().map(Row::of).toArray(Row[]::new);

    private final Machine machine;
    private final LinkedProgram program;
    private final Set<String> features;
    private final RegisterMap registers;
    private final boolean analyses;
    private final List<Integer> functions;
    /** By slot: index of its function. */
    private final int[] function;
    private final BitSet used;
    /** By function, as bits: registers that it, or what it calls, reads. */
    private final int[] reads;
    /** By function, likewise: registers that it, or what it calls, writes. */
    private final int[] writes;
    /** Calls of functions: caller and callee in turn. */
    private int[] calledFunctions = new int[16];
    private int calledCount;
    private final BitSet countsIterations = new BitSet();
    private final List<Site> sites = new ArrayList<>();
    private boolean loops;
    private boolean goesBack;
    private boolean callsAnything;
    /** Whether something is stored at an address that is not r10 minus a constant within the frame. */
    private boolean storesAnywhere;
    /** How far below the top main's frame is written. */
    private int frameWritten;
    private boolean leaves;
    /** Whether a function of the program, main included, may be called. */
    private boolean calls;
    /** Made when somebody asks, as is what follows from it. */
    private @Nullable Functions graphs;
    private @Nullable LiveRegisters live;

    Translation(Machine machine, LinkedProgram program, Set<String> features, RegisterMap registers, Tier tier) {
        this.analyses = tier == Tier.FULL;
        this.machine = machine;
        this.program = program;
        this.features = features;
        this.registers = registers;
        this.functions = program.functions();
        this.function = new int[program.totalSlots()];
        for (int f = 0; f < functions.size(); f++) {
            Arrays.fill(function, functions.get(f), f + 1 < functions.size() ? functions.get(f + 1) : function.length, f);
        }
        this.reads = new int[functions.size()];
        this.writes = new int[functions.size()];
        this.used = BitSet.valueOf(new long[] {scan()});
    }

    public Machine machine() {
        return machine;
    }

    public LinkedProgram program() {
        return program;
    }

    /** Whether more may be found out about the program than stands in it. */
    boolean analyses() {
        return analyses;
    }

    /** Whether an instruction jumps to one that is not behind it. */
    boolean goesBack() {
        return goesBack;
    }

    /** The program's functions with their graphs. */
    Functions functions() {
        Functions made = graphs;
        if (made == null) {
            made = Functions.of(program);
            graphs = made;
        }
        return made;
    }

    /** Which registers are read. */
    LiveRegisters live() {
        LiveRegisters made = live;
        if (made == null) {
            made = LiveRegisters.of(functions());
            live = made;
        }
        return made;
    }

    public boolean strict() {
        return machine.policy() == Policy.STRICT;
    }

    public boolean has(String feature) {
        return features.contains(feature);
    }

    /** eBPF registers that any instruction reads or writes. */
    public BitSet used() {
        return used;
    }

    /** Index of the function that a slot belongs to. */
    int functionOf(int slot) {
        return function[slot];
    }

    /** Whether a function counts iterations for {@code may_goto}. */
    public boolean countsIterations(int slot) {
        return countsIterations.get(functionOf(slot));
    }

    /** Registers r6 to r9 that a call from a slot must keep: what the callee changes, and what the caller, or for main anybody, can see. */
    public BitSet kept(int caller, int callee) {
        int function = functionOf(caller);
        int seen = function == 0 ? KEPT : reads[function];
        return BitSet.valueOf(new long[] {writes[functionOf(callee)] & KEPT & seen});
    }

    /** The machine register that holds the fuel: one of its own or that of an eBPF register which the program does not use; -1 if it uses all. */
    public int fuelRegister() {
        if (registers.fuel() != RegisterMap.NONE) {
            return registers.fuel();
        }
        int free = used.nextClearBit(0);
        return Tuning.FUEL_IN_REGISTER && free < KEPT_END ? registers.of(free) : -1;
    }

    /** Whether nothing but main's frame is ever in use, and the policy strict, so that deeper frames are outside of the stack. */
    public boolean seesMainFrameOnly() {
        return strict() && !leaves && !calls;
    }

    /**
     * Bytes at the top of the stack that a run writes at most; -1 if that is not known, because something is called, or because a store may go
     * anywhere and the policy, or another lane, lets that be any stack.
     */
    int stackWritten() {
        return leaves || calls || callsAnything || !strict() && (storesAnywhere || machine.lanes() > 1) ? -1
                : storesAnywhere ? GuestLayout.FRAME_SIZE : frameWritten;
    }

    /** Notes that the program's code may run for long. */
    public void loops() {
        loops = true;
    }

    /** Whether nothing in the code can go back, so that it ends after at most as many instructions as it has. */
    boolean isLoopFree() {
        return !loops;
    }

    /** Adds a site and gives its number. */
    public int site(Site site) {
        sites.add(site);
        return sites.size() - 1;
    }

    List<Site> sites() {
        return sites;
    }

    /** Looks at all instructions; gives the registers that any of them uses. */
    private int scan() {
        int all = 0;
        for (int slot = 0; slot < function.length; slot++) {
            Insn insn = program.insn(slot);
            if (insn != null) {
                scan(insn, slot);
            }
        }
        for (int f = 0; f < reads.length; f++) {
            all |= reads[f] | writes[f];
        }
        passToCallers();
        return callsAnything ? all | RESULTS : all;
    }

    /** What a function reads and writes, those that call it do too. */
    private void passToCallers() {
        int[] starts = new int[reads.length + 1];
        for (int i = 0; i < calledCount; i++) {
            starts[calledFunctions[2 * i + 1]]++;
        }
        for (int f = 0, sum = 0; f < starts.length; f++) {
            sum += starts[f];
            starts[f] = sum;
        }
        int[] callers = new int[calledCount];
        for (int i = 0; i < calledCount; i++) {
            callers[--starts[calledFunctions[2 * i + 1]]] = calledFunctions[2 * i];
        }
        BitSet waiting = new BitSet(reads.length);
        waiting.set(0, reads.length);
        for (int f = waiting.previousSetBit(reads.length); f >= 0; f = waiting.previousSetBit(reads.length)) {
            waiting.clear(f);
            for (int i = starts[f]; i < starts[f + 1]; i++) {
                int caller = callers[i];
                if ((reads[f] & ~reads[caller]) != 0 || (writes[f] & ~writes[caller]) != 0) {
                    reads[caller] |= reads[f];
                    writes[caller] |= writes[f];
                    waiting.set(caller);
                }
            }
        }
    }

    private void scan(Insn insn, int slot) {
        int f = function[slot];
        Row row = ROWS[insn.instruction().index()];
        reads[f] |= registers(row.reads(), insn);
        writes[f] |= registers(row.writes(), insn);
        switch (row.kind()) {
            case PLAIN -> goesBack |= program.target(slot) >= 0 && program.target(slot) <= slot;
            case STORE -> store(insn, slot);
            case CALL -> {
                callsAnything = true;
                int target = program.target(slot);
                if (target >= 0) {
                    call(f, function[target]);
                    calls |= target < program.slots();
                } else if (mayLeaveForGood(insn)) {
                    writes[f] |= KEPT;
                    reads[f] |= KEPT;
                    leaves = true;
                } else {
                    calls |= mayCallBack(insn);
                }
            }
            case ITERATIONS -> countsIterations.set(f);
        }
    }

    private void store(Insn insn, int slot) {
        if (insn.dst() != Translator.STACK_POINTER || insn.off() >= 0 || insn.off() < -GuestLayout.FRAME_SIZE) {
            storesAnywhere |= slot < program.slots();
        } else {
            frameWritten = Math.max(frameWritten, -insn.off());
        }
    }

    /** Whether a call may go on in other code: tail calls, and calls of who knows what. */
    private static boolean mayLeaveForGood(Insn insn) {
        return insn.instruction().operand(FieldName.IMM).kind() != OperandKind.HELPER || insn.imm() == HelperTable.TAIL_CALL;
    }

    /** Whether a helper takes a function, or is one that the table does not describe. */
    private static boolean mayCallBack(Insn insn) {
        HelperRow row = HelperTable.row(insn.imm());
        return row == null || row.arguments().stream().anyMatch(argument -> argument.kind() == Argument.Kind.FUNC);
    }

    private void call(int caller, int callee) {
        if (2 * calledCount == calledFunctions.length) {
            calledFunctions = Arrays.copyOf(calledFunctions, 4 * calledCount);
        }
        calledFunctions[2 * calledCount] = caller;
        calledFunctions[2 * calledCount + 1] = callee;
        calledCount++;
    }

    /** The registers that these roles are, as bits. */
    private static int registers(int roles, Insn insn) {
        int dst = (roles & 1 << Expr.Role.DST.ordinal()) == 0 ? 0 : 1 << insn.dst();
        int src = (roles & 1 << Expr.Role.SRC.ordinal()) == 0 ? 0 : 1 << insn.src();
        return dst | src | ((roles & 1 << Expr.Role.R0.ordinal()) == 0 ? 0 : 1);
    }

    private enum Kind {
        PLAIN, STORE, CALL, ITERATIONS
    }

    /** A row of the table: registers that it reads and writes, as a mask of {@link Expr.Role}s, and what else it does. */
    private record Row(int reads, int writes, Kind kind) {
        static Row of(Instruction instruction) {
            return new Row(mask(Effects.reads(instruction.effects())), mask(Effects.writes(instruction.effects())), Translation.kind(
                    instruction));
        }

        private static int mask(List<Expr.Role> roles) {
            return roles.stream().mapToInt(role -> 1 << role.ordinal()).reduce(0, (a, b) -> a | b);
        }
    }

    private static Kind kind(Instruction instruction) {
        return switch (instruction.effects().getFirst()) {
            case Effect.Call c -> Kind.CALL;
            case Effect.CallIndirect c -> Kind.CALL;
            case Effect.MayGoto m -> Kind.ITERATIONS;
            case Effect.SetRegister s -> Effects.any(instruction.effects(), Expr.PacketLoad.class::isInstance) ? Kind.CALL
                    : Kind.PLAIN;
            case Effect.Store s -> Kind.STORE;
            case Effect.Atomic a -> Kind.STORE;
            case Effect.CompareExchange c -> Kind.STORE;
            case Effect.LoadAcquire l -> Kind.PLAIN;
            case Effect.StoreRelease s -> Kind.STORE;
            case Effect.Jump j -> Kind.PLAIN;
            case Effect.JumpIndirect j -> Kind.PLAIN;
            case Effect.Exit e -> Kind.PLAIN;
            case Effect.CheckAccess c -> Kind.PLAIN;
        };
    }

    /** The instruction at a slot, which must be the first of its slots. */
    Insn insn(int slot) {
        return Objects.requireNonNull(program.insn(slot));
    }

    /** The machine register of an eBPF register. */
    public int register(int number) {
        return registers.of(number);
    }

    /** The machine register of a field; 0 for a field that names none. */
    public int register(Insn insn, FieldName field) {
        if (!insn.instruction().operand(field).isRegister()) {
            return 0;
        }
        return registers.of(field == FieldName.DST ? insn.dst() : insn.src());
    }
}
