// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.machine.Kind;
import dev.bpf4j.isa.machine.LoweringRule;
import dev.bpf4j.isa.machine.LoweringRule.Step;
import dev.bpf4j.isa.machine.MachineForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every way in which a rule can be a little wrong: another instruction, another width, operands exchanged, a wrong register, an immediate off by
 * one, another condition, a guard left out or turned round, a step left out. What the code behind an at sign does is not looked into; only what
 * it is told is changed. No mutant addresses memory otherwise than its rule, so that wrong code stays in the guest.
 */
public final class RuleMutants {
    private static final String DST = "dst";
    private static final String SRC = "src";
    /** How many other instructions stand in for one. */
    private static final int OTHERS = 2;
    /** Steps whose number is a condition, and those whose numbers are widths or choices. */
    private static final String BRANCH = "branch";
    private static final Map<String, String> OTHER_WIDTH = Map.of("8", "16", "16", "32", "32", "64", "64", "32");

    private static final String WIDTHS = "\\((32|64),";

    private final List<MachineForm> forms;
    private final Conditions conditions;
    private final Map<String, MachineForm> byName;
    private final LoweringRule rule;
    private final Map<Fault, Integer> numbers = new EnumMap<>(Fault.class);
    private final List<RuleMutant> mutants = new ArrayList<>();

    private RuleMutants(List<MachineForm> forms, Map<String, MachineForm> byName, LoweringRule rule) {
        this.forms = forms;
        this.conditions = Conditions.of(forms);
        this.byName = byName;
        this.rule = rule;
    }

    /** Mutants of all rules, in the order of the rules. */
    public static List<RuleMutant> of(Collection<List<LoweringRule>> chains, List<MachineForm> forms) {
        Map<String, MachineForm> byName = forms.stream().collect(Collectors.toMap(MachineForm::name, form -> form));
        List<RuleMutant> all = new ArrayList<>();
        chains.forEach(chain -> chain.forEach(rule -> all.addAll(new RuleMutants(forms, byName, rule).all())));
        return all;
    }

    /** The chains with a mutant in the place of its rule. */
    public static Map<Effect, List<LoweringRule>> with(Map<Effect, List<LoweringRule>> chains, RuleMutant mutant) {
        Map<Effect, List<LoweringRule>> changed = new HashMap<>(chains);
        changed.computeIfPresent(mutant.rule().effect(), (effect, chain) -> chain.stream().map(rule -> rule.name().equals(mutant.rule()
                .name())
                        ? mutant.wrong()
                        : rule).toList());
        return changed;
    }

    private List<RuleMutant> all() {
        if (!rule.guard().isEmpty() && !rule.guard().contains("has(")) {
            guard("(true)");
            guard("!(" + rule.guard() + ")");
        }
        for (int i = 0; i < rule.steps().size(); i++) {
            Step step = rule.steps().get(i);
            if (mayBeLeftOut()) {
                List<Step> without = new ArrayList<>(rule.steps());
                without.remove(i);
                add(Fault.DROPPED_EFFECT, rule.guard(), without);
            }
            if (step.escape()) {
                told(i, step);
            } else {
                instruction(i, step, Objects.requireNonNull(byName.get(step.name()), step::name));
            }
        }
        return mutants;
    }

    /** Whether machine code goes on in the next instruction without a step; without a jump that is always taken, it would run off its end. */
    private boolean mayBeLeftOut() {
        return switch (rule.effect()) {
            case Effect.SetRegister e -> true;
            case Effect.Store e -> true;
            case Effect.Atomic e -> true;
            case Effect.CompareExchange e -> true;
            case Effect.LoadAcquire e -> true;
            case Effect.StoreRelease e -> true;
            case Effect.CheckAccess e -> true;
            case Effect.MayGoto e -> true;
            case Effect.Jump(Expr condition) -> !(condition instanceof Expr.Const);
            case Effect.JumpIndirect e -> false;
            case Effect.Call e -> false;
            case Effect.CallIndirect e -> false;
            case Effect.Exit e -> false;
        };
    }

    private void guard(String guard) {
        add(Fault.GUARD, guard, rule.steps());
    }

    private void add(Fault fault, String guard, List<Step> steps) {
        int number = numbers.merge(fault, 1, Integer::sum) - 1;
        mutants.add(new RuleMutant(rule, fault, number, new LoweringRule(rule.name(), rule.effect(), guard, steps, rule.place())));
    }

    private void replace(Fault fault, int index, String name, List<String> operands) {
        List<Step> steps = new ArrayList<>(rule.steps());
        Step changed = new Step(steps.get(index).escape(), name, operands);
        if (!changed.equals(steps.get(index))) {
            steps.set(index, changed);
            add(fault, rule.guard(), steps);
        }
    }

    private void operand(Fault fault, int index, int place, String operand) {
        Step step = rule.steps().get(index);
        List<String> operands = new ArrayList<>(step.operands());
        operands.set(place, operand);
        replace(fault, index, step.name(), operands);
    }

    private void instruction(int index, Step step, MachineForm form) {
        others(form).forEach(other -> replace(Fault.OPERATOR, index, other.name(), step.operands()));
        for (String[] width : new String[][] {{"64", "32"}, {"32", "64"}}) {
            MachineForm other = byName.get(step.name().replaceFirst(width[0], width[1]));
            if (other != null && other.operands().size() == form.operands().size()) {
                replace(Fault.WIDTH, index, other.name(), step.operands());
            }
        }
        for (int i = 0; i < step.operands().size(); i++) {
            String operand = step.operands().get(i);
            if (form.operands().get(i).kind().isRegister()) {
                Fault fault = i == 0 ? Fault.REGISTER_WRITTEN : Fault.REGISTER_READ;
                if (operand.equals(SRC) && has(DST)) {
                    operand(fault, index, i, DST);
                } else if (!operand.equals(SRC) && has(SRC)) {
                    operand(fault, index, i, SRC);
                }
            } else if (!form.operands().get(i).kind().isMemory()) {
                operand(Fault.OFF_BY_ONE, index, i, "(" + operand + ") + 1");
            }
        }
        swapped(index, step, form);
    }

    /** Whether the rule names a register operand, so that the instruction has it. */
    private boolean has(String operand) {
        return rule.steps().stream().anyMatch(step -> step.operands().contains(operand));
    }

    private void swapped(int index, Step step, MachineForm form) {
        for (int i = 0; i + 1 < step.operands().size(); i++) {
            if (form.operands().get(i).kind().isRegister() && form.operands().get(i + 1).kind().isRegister()) {
                List<String> operands = new ArrayList<>(step.operands());
                operands.set(i, step.operands().get(i + 1));
                operands.set(i + 1, step.operands().get(i));
                replace(Fault.SWAPPED_OPERANDS, index, step.name(), operands);
            }
        }
    }

    /** The next forms in the table that have operands of the same kinds, write the same one, and do something else. */
    private List<MachineForm> others(MachineForm form) {
        int at = forms.indexOf(form);
        List<MachineForm> others = new ArrayList<>();
        for (int i = 1; i < forms.size() && others.size() < OTHERS; i++) {
            MachineForm other = forms.get((at + i) % forms.size());
            if (kinds(other).equals(kinds(form)) && written(other).equals(written(form)) && !other.effect().equals(form.effect())) {
                others.add(other);
            }
        }
        return others;
    }

    /** What a form's effect is on: what stands before the equals sign, or the name of a function. */
    private static String written(MachineForm form) {
        return form.effect().split(" = |\\(", 2)[0];
    }

    private static List<Kind> kinds(MachineForm form) {
        return form.operands().stream().map(MachineForm.Operand::kind).toList();
    }

    /** A test of a register that is fused with its branch, in the other width. */
    private static String otherWidth(String operand) {
        return Pattern.compile(WIDTHS).matcher(operand).replaceFirst(width -> "(" + (width.group(1).equals("32") ? "64" : "32") + ",");
    }

    /** What a method of the backend is told, told wrong. */
    private void told(int index, Step step) {
        for (int i = 0; i < step.operands().size(); i++) {
            String operand = step.operands().get(i);
            if (step.name().equals(BRANCH)) {
                operand(Fault.CONDITION, index, i, "(" + operand + ") ^ 1");
                operand(Fault.SIGNEDNESS, index, i, conditions.otherSign().getOrDefault(operand, operand));
                operand(Fault.OFF_BY_ONE, index, i, conditions.otherIfEqual().getOrDefault(operand, operand));
                operand(Fault.OPERATOR, index, i, Conditions.otherTest(operand));
                operand(Fault.WIDTH, index, i, otherWidth(operand));
                operand(Fault.OFF_BY_ONE, index, i, operand.replace(", imm)", ", imm << 1)"));
            } else if (OTHER_WIDTH.containsKey(operand)) {
                operand(Fault.WIDTH, index, i, OTHER_WIDTH.get(operand));
            } else if (operand.matches("[0-2]")) {
                operand(Fault.OPERATOR, index, i, operand.equals("0") ? "1" : "0");
            } else if (operand.equals(SRC) && has(DST)) {
                operand(Fault.REGISTER_READ, index, i, DST);
            } else if (operand.equals("imm") || operand.startsWith("value(")) {
                operand(Fault.OFF_BY_ONE, index, i, operand + " + 1");
            }
        }
    }
}
