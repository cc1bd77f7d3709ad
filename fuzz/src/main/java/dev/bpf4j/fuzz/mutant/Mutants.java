// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Rewriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All mutants of a table, each with one node or effect changed. */
public final class Mutants {
    private Mutants() {
    }

    /** Every mutant of every row that programs may use. Deterministic. */
    public static List<Mutant> of(Isa isa) {
        int usable = Isa.bpf().instructions().size();
        List<Mutant> all = new ArrayList<>();
        isa.instructions().subList(0, usable).forEach(row -> all.addAll(of(row)));
        return all;
    }

    /** Every mutant of a row; no two mean the same tree. */
    public static List<Mutant> of(Instruction row) {
        List<Mutant> mutants = new ArrayList<>();
        Set<List<Effect>> seen = new HashSet<>();
        seen.add(row.effects());
        Map<Fault, Integer> numbers = new HashMap<>();
        for (int i = 0; i < row.effects().size(); i++) {
            for (Changed<Effect> changed : changes(row, row.effects().get(i))) {
                List<Effect> effects = new ArrayList<>(row.effects());
                effects.set(i, changed.to());
                if (seen.add(effects)) {
                    mutants.add(new Mutant(row, changed.fault(), numbers.merge(changed.fault(), 1, Integer::sum) - 1, effects));
                }
            }
        }
        return mutants;
    }

    /** Something wrong in the place of something. */
    record Changed<T>(Fault fault, T to) {}

    private static List<Changed<Effect>> changes(Instruction row, Effect effect) {
        List<Changed<Effect>> changes = new ArrayList<>(EffectFaults.of(row, effect));
        List<Expr> nodes = nodes(effect);
        Set<Integer> guards = guards(effect);
        for (int at = 0; at < nodes.size(); at++) {
            if (!guards.contains(at)) {
                for (Changed<Expr> changed : ExprFaults.of(row, nodes.get(at))) {
                    changes.add(new Changed<>(changed.fault(), replace(effect, at, changed.to())));
                }
            }
        }
        return changes;
    }

    /** The nodes in the order in which {@link Rewriter} sees them. */
    private static List<Expr> nodes(Effect effect) {
        List<Expr> nodes = new ArrayList<>();
        Rewriter.rewrite(effect, node -> {
            nodes.add(node);
            return node;
        });
        return nodes;
    }

    private static Effect replace(Effect effect, int at, Expr instead) {
        int[] next = {0};
        return Rewriter.rewrite(effect, node -> next[0]++ == at ? instead : node);
    }

    /** Nodes that keep a division from dividing by zero: a mutant must not make the evaluator itself fail. */
    private static Set<Integer> guards(Effect effect) {
        List<Expr> nodes = nodes(effect);
        Set<Integer> guards = new HashSet<>();
        for (int at = 0; at < nodes.size(); at++) {
            if (nodes.get(at) instanceof Expr.IfElse(Expr condition, Expr then, Expr otherwise) && divides(otherwise)) {
                // operands come before their operator: condition, then, otherwise, and the choice itself
                int end = at - size(then) - size(otherwise);
                for (int guard = end - size(condition); guard < end; guard++) {
                    guards.add(guard);
                }
                // the divisor
                int divisor = at - 1 - size(divisor(otherwise));
                for (int node = divisor; node < at - 1; node++) {
                    guards.add(node);
                }
            }
        }
        return guards;
    }

    private static Expr divisor(Expr division) {
        return division.operands().getLast();
    }

    private static boolean divides(Expr expr) {
        return expr instanceof Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) && switch (op) {
            case DIV_U, DIV_S, MOD_U, MOD_S -> true;
            case ADD, SUB, MUL, AND, OR, XOR, SHL, SHR, SAR, EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> false;
        };
    }

    private static int size(Expr expr) {
        int[] nodes = {0};
        Effects.walk(expr, node -> nodes[0]++);
        return nodes[0];
    }
}
