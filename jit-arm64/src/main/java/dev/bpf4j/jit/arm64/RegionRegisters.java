// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Translation;
import dev.bpf4j.jit.nativecode.Translator;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which bounds of regions live in registers while a program runs: those that its accesses, weighted by the loops that they are in, are most often
 * expected to be compared with. A bound is named by its field in the context; the limits of the stack, which has one field for all sizes, are
 * named by {@link #stackLimit}.
 */
final class RegionRegisters {
    private static final int LOOP = 8;
    private static final long MOST = 1L << 40;

    /** By row of the table: its access, if it has one whose address is a register and the offset. */
    private static final List<Optional<Access>> ACCESSES = Isa.system().instructions().stream().map(row -> Optional.ofNullable(access(row
            .effects()))).toList();

    private final SortedMap<Integer, Integer> registers = new TreeMap<>();

    /**
     * An access.
     *
     * @param base  which register holds the address
     * @param size  bytes
     * @param write whether it writes
     */
    record Access(Expr.Role base, int size, boolean write) {}

    private RegionRegisters() {
    }

    /** None in registers. */
    static RegionRegisters none() {
        return new RegionRegisters();
    }

    /** Gives out registers for a program, as many as there are. */
    static RegionRegisters of(Translation translation, Prediction prediction, int count) {
        RegionRegisters result = new RegionRegisters();
        if (!translation.strict() || !Tuning.BOUNDS_IN_REGISTERS) {
            return result;
        }
        Map<Integer, Long> weights = new HashMap<>();
        Map<Integer, Integer> bases = new HashMap<>();
        LinkedProgram program = translation.program();
        long[] loops = loops(program);
        for (int slot = 0; slot < program.slots(); slot++) {
            Insn insn = program.insn(slot);
            Access access = insn == null ? null : ACCESSES.get(insn.instruction().index()).orElse(null);
            if (insn != null && access != null && !inFrame(insn, access)) {
                int region = prediction.at(slot);
                int limit = limit(region, access.size(), access.write());
                bases.put(limit, region);
                weights.merge(limit, loops[slot], Long::sum);
            }
        }
        int free = count;
        for (int limit : weights.keySet().stream().sorted(Comparator.comparingLong((Integer key) -> -weights.getOrDefault(key, 0L))
                .thenComparing(Comparator.naturalOrder())).toList()) {
            int base = bases.getOrDefault(limit, 0);
            int needed = result.registers.containsKey(base) ? 1 : 2;
            if (weights.getOrDefault(limit, 0L) >= Tuning.WORTH_A_REGISTER && needed <= free) {
                result.registers.computeIfAbsent(base, key -> Registers.POOL + result.registers.size());
                result.registers.computeIfAbsent(limit, key -> Registers.POOL + result.registers.size());
                free -= needed;
            }
        }
        return result;
    }

    /** How often each slot is run, as far as one can guess: eight times as often for each loop that it is in. */
    private static long[] loops(LinkedProgram program) {
        long[] weights = new long[program.slots()];
        Arrays.fill(weights, 1);
        for (int slot = 0; slot < weights.length; slot++) {
            int target = program.insn(slot) == null ? -1 : program.target(slot);
            boolean loop = target >= 0 && target <= slot && program.functionOf(target) == program.functionOf(slot);
            for (int inside = loop ? target : slot + 1; inside <= slot; inside++) {
                weights[inside] = Math.min(weights[inside] * LOOP, MOST);
            }
        }
        return weights;
    }

    private static boolean inFrame(Insn insn, Access access) {
        return Evaluator.number(insn, access.base()) == Translator.STACK_POINTER && Policies.inFrame(insn.off(), access.size());
    }

    /** The access of an instruction whose address is a register and the offset; null if it has none. */
    private static @Nullable Access access(List<Effect> effects) {
        return switch (effects.getFirst()) {
            case Effect.SetRegister s -> load(s);
            case Effect.Store s -> access(s.address(), s.value().width(), true);
            case Effect.Atomic a -> access(a.address(), a.value().width(), true);
            case Effect.CompareExchange c -> access(c.address(), c.value().width(), true);
            case Effect.LoadAcquire l -> access(l.address(), l.width(), false);
            case Effect.StoreRelease s -> access(s.address(), s.value().width(), true);
            case Effect.Jump j -> null;
            case Effect.JumpIndirect j -> null;
            case Effect.MayGoto m -> null;
            case Effect.Call c -> null;
            case Effect.CallIndirect c -> null;
            case Effect.Exit e -> null;
            case Effect.CheckAccess c -> null;
        };
    }

    private static @Nullable Access load(Effect effect) {
        List<Expr.Load> loads = new ArrayList<>();
        Effects.walk(effect, expr -> {
            if (expr instanceof Expr.Load load) {
                loads.add(load);
            }
        });
        return loads.isEmpty() ? null : access(loads.getFirst().address(), loads.getFirst().width(), false);
    }

    private static @Nullable Access access(Expr address, int width, boolean write) {
        List<Expr.Role> bases = new ArrayList<>();
        Effects.walk(address, expr -> {
            if (expr instanceof Expr.Register(Expr.Role role)) {
                bases.add(role);
            }
        });
        return bases.isEmpty() ? null : new Access(bases.getFirst(), width / Byte.SIZE, write);
    }

    /** The name of the limit that an access to a region is compared with. */
    static int limit(int region, int size, boolean write) {
        return region == NativeContext.STACK ? stackLimit(size) : Translator.limit(region, size, write);
    }

    /** The name of the stack's limit for a size of access. */
    private static int stackLimit(int size) {
        return NativeContext.STACK + Translator.WORD + (size == Translator.WORD ? 0 : size);
    }

    /** Bytes that a limit is above the one in the context. */
    static int aboveField(int limit) {
        int size = limit % Translator.WORD;
        return size == 0 ? 0 : Translator.WORD - size;
    }

    /** The register of a bound; -1 if it is in none. */
    int of(int bound) {
        return registers.getOrDefault(bound, -1);
    }

    /** Bounds that are in registers. */
    SortedMap<Integer, Integer> all() {
        return registers;
    }
}
