// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.machine.LoweringRule;
import dev.bpf4j.isa.machine.MachineForm;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads a backend's lowering rules. The header lines that it knows, besides {@code let} and {@code text}:
 *
 * <pre>
 *   name   unique name of the rule
 *   do     the effect that it implements, written as in the tables of the ISA
 *   when   expression; rows for which it is 0 are left out
 *   guard  condition on the operands, or nothing: comparisons of dst, src, imm, off, machine registers, numbers and calls such as s8(imm),
 *          in parentheses, joined by 'and' and 'or'; has(FEATURE) asks for a CPU feature
 *   emit   STEP ; STEP …: a form of the machine table, or {@literal @}NAME for code of the backend, with operands between commas
 * </pre>
 */
public final class RulesReader {
    private static final Set<String> KEYS = Set.of("name", "do", "when", "guard", "emit");
    private static final Set<String> OPERANDS = Set.of("dst", "src", "imm", "off");
    private static final Pattern OPERAND = Pattern.compile("-?[a-z0-9_]+(\\([a-z0-9_, ]*\\))?");

    private final Map<String, MachineForm> forms = new HashMap<>();
    private final Architecture architecture;
    private final Set<String> features;
    private final Map<Effect, List<LoweringRule>> chains = new LinkedHashMap<>();
    private final Map<String, LoweringRule> byName = new HashMap<>();
    private final Map<LoweringRule, Position> places = new HashMap<>();

    private RulesReader(Architecture architecture, List<MachineForm> forms) {
        this.architecture = architecture;
        forms.forEach(form -> this.forms.put(form.name(), form));
        this.features = Set.copyOf(forms.stream().map(MachineForm::feature).toList());
    }

    /**
     * Reads and checks rules.
     *
     * @param architecture whose rules they are
     * @param file         name of the file, for messages
     * @param text         its text
     * @param forms        the machine table
     * @return the chains: rules by effect, in order
     * @throws dev.bpf4j.isa.SourceException at the first thing that is wrong, with its place; a chain whose last rule has a guard is wrong
     */
    public static Map<Effect, List<LoweringRule>> read(Architecture architecture, String file, String text, List<MachineForm> forms) {
        RulesReader reader = new RulesReader(architecture, forms);
        Budget budget = new Budget();
        for (Table table : TableReader.read(file, text)) {
            MachineReader.checkKeys(table, KEYS);
            for (Expansion row : Expansion.of(table, budget)) {
                reader.rule(row);
            }
        }
        reader.close();
        return reader.chains;
    }

    private void rule(Expansion row) {
        String name = row.fill(row.required("name"));
        LoweringRule earlier = byName.get(name);
        if (!Names.isName(name) || earlier != null) {
            throw row.at().error("rule '" + name + "'" + (earlier == null ? " has no proper name"
                    : " stands twice; first at " + earlier
                            .place()));
        }
        Effect effect = Effects.specialize(List.of(new Elaborator(row).effect(row.required("do"))), ByteOrder.LITTLE_ENDIAN).getFirst();
        Text guard = row.body("guard");
        String condition = guard == null ? "" : condition(row, guard);
        LoweringRule rule = new LoweringRule(name, effect, condition, steps(row, condition), row.at().shown());
        List<LoweringRule> chain = chains.get(effect);
        if (chain == null) {
            chain = new ArrayList<>();
            chains.put(effect, chain);
        } else if (chain.getLast().guard().isEmpty()) {
            throw row.at().error("this rule is never reached: '" + chain.getLast().name() + "' before it has no guard");
        }
        chain.add(rule);
        byName.put(name, rule);
        places.put(rule, row.at());
    }

    private void close() {
        for (List<LoweringRule> chain : chains.values()) {
            LoweringRule last = chain.getLast();
            Position at = places.get(last);
            if (!last.guard().isEmpty() && at != null) {
                throw at.error("the last rule of a chain has no guard, but '" + last.name() + "' has one");
            }
        }
    }

    private List<LoweringRule.Step> steps(Expansion row, String condition) {
        Text line = row.required("emit");
        List<LoweringRule.Step> steps = new ArrayList<>();
        for (String part : row.fill(line).split(";", -1)) {
            String step = part.strip();
            if (!step.isEmpty()) {
                steps.add(step(line, step, condition));
            }
        }
        return steps;
    }

    private LoweringRule.Step step(Text line, String step, String condition) {
        int blank = step.indexOf(' ');
        String name = blank < 0 ? step : step.substring(0, blank);
        List<String> operands = new ArrayList<>();
        if (blank >= 0) {
            for (String operand : step.substring(blank).split(",(?![^(]*\\))", -1)) {
                if (!OPERAND.matcher(operand.strip()).matches()) {
                    throw line.position().error("'" + operand.strip() + "' is no operand");
                }
                operands.add(operand.strip());
            }
        }
        if (name.startsWith("@")) {
            return new LoweringRule.Step(true, name.substring(1), operands);
        }
        MachineForm form = forms.get(name);
        if (form == null) {
            throw line.position().error("'" + name + "' is no form of the machine table; code of the backend is written @NAME");
        }
        if (form.operands().size() != operands.size()) {
            throw line.position().error("'" + name + "' takes " + form.operands().size() + " operands, not " + operands.size());
        }
        if (!form.feature().equals("base") && !condition.contains("has(\"" + form.feature() + "\")")) {
            throw line.position().error("'" + name + "' needs the guard has(" + form.feature() + ")");
        }
        return new LoweringRule.Step(false, name, operands);
    }

    // ---- guards ----

    private String condition(Expansion row, Text line) {
        String text = row.fill(line);
        return text.isEmpty() ? "" : java(new Text(line.position(), text).expression());
    }

    private String java(Node node) {
        return switch (node) {
            case Node.Numeral(Position at, long value) -> Long.toString(value);
            case Node.Name(Position at, String name) -> {
                if (!OPERANDS.contains(name) && !architecture.registers().contains(name)) {
                    throw at.error("'" + name + "' is no operand: dst, src, imm, off, or one of " + new TreeSet<>(architecture
                            .registers()));
                }
                yield name;
            }
            case Node.Negation(Position at, Node operand) -> "-" + java(operand);
            case Node.Infix(Position at, Expr.BinaryOp op, Node left, Node right) -> "(" + java(left) + " " + symbol(at, op) + " " + java(
                    right) + ")";
            case Node.Choice(Position at, Node condition, Node then, Node otherwise) -> throw at.error("no choice in a guard");
            case Node.Apply(Position at, String function, List<Node> arguments) -> function.equals("has") ? has(at, arguments)
                    : function + "(" + String.join(", ", arguments.stream().map(this::java).toList()) + ")";
        };
    }

    private String has(Position at, List<Node> arguments) {
        if (arguments.size() == 1 && arguments.getFirst() instanceof Node.Name(Position p, String feature) && features.contains(feature)) {
            return "has(\"" + feature + "\")";
        }
        throw at.error("expected has(FEATURE) with a feature of the machine table");
    }

    private static String symbol(Position at, Expr.BinaryOp op) {
        return switch (op) {
            case AND -> "&&";
            case OR -> "||";
            case EQ -> "==";
            case NE -> "!=";
            case LT_S -> "<";
            case LE_S -> "<=";
            case GT_S -> ">";
            case GE_S -> ">=";
            case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, XOR, SHL, SHR, SAR, LT_U, LE_U, GT_U, GE_U -> throw at.error("'" + op.symbol()
                    + "' is no operator of guards");
        };
    }
}
