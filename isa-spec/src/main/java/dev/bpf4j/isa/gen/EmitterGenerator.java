// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.machine.LoweringRule;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Prints the emitter: one method per eBPF instruction, which tries the rules of the chain that implements its effect. An instruction without a
 * chain, and a chain without an instruction, fail the build.
 */
public final class EmitterGenerator {
    private static final Pattern MEMORY = Pattern.compile("\\bmem\\b");

    private final Backend backend;
    private final Map<Effect, List<LoweringRule>> chains;
    private final StringBuilder out = new StringBuilder();
    private final Set<Effect> used = new HashSet<>();

    private EmitterGenerator(Backend backend, Map<Effect, List<LoweringRule>> chains) {
        this.backend = backend;
        this.chains = chains;
    }

    /**
     * The source of the class {@code Emitter}.
     *
     * @throws IllegalArgumentException if an instruction has no rule, or a rule no instruction; names its row
     */
    public static String generate(Backend backend, Isa isa, Map<Effect, List<LoweringRule>> chains) {
        EmitterGenerator generator = new EmitterGenerator(backend, chains);
        generator.print(isa);
        return generator.out.toString();
    }

    private void line(int indent, String text) {
        out.append(text.isEmpty() ? "" : "    ".repeat(indent)).append(text).append('\n');
    }

    private void print(Isa isa) {
        line(0, "// Generated from the instruction table and " + backend.table() + ".rules. Do not edit.");
        line(0, "package " + backend.packageName() + ";");
        line(0, "");
        line(0, "import dev.bpf4j.jit.nativecode.Prediction;");
        line(0, "import dev.bpf4j.jit.nativecode.Translation;");
        line(0, "");
        line(0, "/** Lowers eBPF instructions: one method per instruction, one branch per rule. */");
        line(0, "abstract class Emitter extends Lowering {");
        line(1, "Emitter(Translation translation, Prediction prediction, Encoder asm) {");
        line(2, "super(translation, prediction, asm);");
        line(1, "}");
        line(0, "");
        line(1, "@Override");
        line(1, "protected final void emit(int instruction, int dst, int src, int off, int imm) {");
        line(2, "switch (instruction) {");
        for (Instruction instruction : isa.instructions()) {
            line(3, "case " + instruction.index() + " -> " + instruction.name() + "(" + String.join(", ", operands(instruction)) + ");");
        }
        line(3, "default -> throw new IllegalStateException(\"no instruction \" + instruction);");
        line(2, "}");
        line(1, "}");
        isa.instructions().forEach(this::method);
        chains.forEach((effect, chain) -> {
            if (!used.contains(effect)) {
                throw new IllegalArgumentException(chain.getFirst().place() + ": no instruction has the effect of rule '" + chain.getFirst()
                        .name() + "': " + EffectPrinter.print(effect));
            }
        });
        line(0, "}");
    }

    private static List<String> operands(Instruction instruction) {
        List<String> operands = new ArrayList<>();
        for (FieldName field : List.of(FieldName.DST, FieldName.SRC, FieldName.OFF, FieldName.IMM)) {
            if (!instruction.operand(field).isFixed()) {
                operands.add(field.name().toLowerCase(Locale.ROOT));
            }
        }
        return operands;
    }

    private void method(Instruction instruction) {
        List<Effect> effects = Effects.specialize(instruction.effects(), ByteOrder.LITTLE_ENDIAN);
        Effect effect = effects.getFirst();
        List<LoweringRule> chain = chains.get(effect);
        if (effects.size() != 1 || chain == null) {
            throw new IllegalArgumentException(instruction.place() + ": instruction '" + instruction.name()
                    + "' has no rule; its effect is " + effects.stream().map(EffectPrinter::print).toList());
        }
        used.add(effect);
        line(0, "");
        line(1, "/** {@code " + EffectPrinter.print(effect) + "} */");
        line(1, "private void " + instruction.name() + "(" + String.join(", ", operands(instruction).stream().map("int "::concat).toList())
                + ") {");
        for (int i = 0; i < chain.size(); i++) {
            LoweringRule rule = chain.get(i);
            boolean alone = chain.size() == 1;
            if (!alone) {
                line(2, (i == 0 ? "" : "} else ") + (rule.guard().isEmpty() ? "{" : "if " + guard(rule) + " {"));
            }
            body(alone ? 2 : 3, rule, effect);
        }
        if (chain.size() > 1) {
            line(2, "}");
        }
        line(1, "}");
    }

    private static String guard(LoweringRule rule) {
        return rule.guard().startsWith("(") ? rule.guard() : "(" + rule.guard() + ")";
    }

    private void body(int indent, LoweringRule rule, Effect effect) {
        line(indent, "rule(\"" + rule.name() + "\");");
        if (rule.steps().stream().anyMatch(step -> step.operands().stream().anyMatch(MEMORY.asPredicate()))) {
            line(indent, "Mem mem = " + access(rule, effect) + ";");
        }
        for (LoweringRule.Step step : rule.steps()) {
            String call = step.name() + "(" + String.join(", ", step.operands()) + ");";
            line(indent, step.escape() ? call : "asm." + call);
        }
    }

    /** The call that gives the memory operand of an effect, checked as the policy wants it. */
    private static String access(LoweringRule rule, Effect effect) {
        return switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> {
                List<Expr.Load> loads = new ArrayList<>();
                Effects.walk(effect, expr -> {
                    if (expr instanceof Expr.Load load) {
                        loads.add(load);
                    }
                });
                if (loads.size() != 1) {
                    throw new IllegalArgumentException(rule.place() + ": rule '" + rule.name()
                            + "' uses mem, but its effect is not one load");
                }
                yield "access(" + base(rule, loads.getFirst().address()) + ", off, " + loads.getFirst().width() / 8 + ", false)";
            }
            case Effect.Store(Expr address, Expr value) -> "access(" + base(rule, address) + ", off, " + value.width() / 8 + ", true)";
            case Effect.Atomic a -> "aligned(" + base(rule, a.address()) + ", off, " + a.value().width() / 8 + ", true)";
            case Effect.CompareExchange c -> "aligned(" + base(rule, c.address()) + ", off, " + c.value().width() / 8 + ", true)";
            case Effect.LoadAcquire l -> "aligned(" + base(rule, l.address()) + ", off, " + l.width() / 8 + ", false)";
            case Effect.StoreRelease s -> "aligned(" + base(rule, s.address()) + ", off, " + s.value().width() / 8 + ", true)";
            case Effect.Jump j -> throw noMemory(rule);
            case Effect.MayGoto m -> throw noMemory(rule);
            case Effect.JumpIndirect j -> throw noMemory(rule);
            case Effect.Call c -> throw noMemory(rule);
            case Effect.CallIndirect c -> throw noMemory(rule);
            case Effect.Exit e -> throw noMemory(rule);
            case Effect.CheckAccess c -> throw noMemory(rule);
        };
    }

    private static IllegalArgumentException noMemory(LoweringRule rule) {
        return new IllegalArgumentException(rule.place() + ": rule '" + rule.name() + "' uses mem, but its effect accesses no memory");
    }

    /** The base register of an address {@code register + sx(off, 64)}. */
    private static String base(LoweringRule rule, Expr address) {
        if (address instanceof Expr.Binary(Expr.BinaryOp op, Expr.Register(Expr.Role role), Expr.SignExtend(Expr.FieldValue(Expr.Field field), int width))
                && op == Expr.BinaryOp.ADD && field == Expr.Field.OFF) {
            return role.name().toLowerCase(Locale.ROOT);
        }
        throw new IllegalArgumentException(rule.place() + ": rule '" + rule.name() + "' uses mem, but the address is not register + off");
    }
}
