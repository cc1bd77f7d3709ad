// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The rows of the table by sort, and the few that a generator needs as glue, found by what they do. Immutable. */
final class Rows {
    /** Those of eBPF as programs may use it. */
    static final Rows BPF = new Rows(Isa.bpf());

    private final Row[] all;
    private final Map<Row.Sort, Row[]> bySort = new EnumMap<>(Row.Sort.class);

    final Row move64;
    final Row move64Constant;
    final Row move32Constant;
    final Row add64;
    final Row add64Constant;
    final Row and64Constant;
    final Row shift64;
    final Row wideConstant;
    final Row exit;
    final Row jump;
    final Row jumpLong;
    final Row callLocal;
    final Row callHelper;
    final Row loadFunction;
    final Row store64Constant;
    final Row store32Constant;
    final Row store64;
    final Row load64;
    final Row jumpIfZero;
    /** Those that load an address in a map's first value. */
    final Row[] mapValues;
    /** Those that load a map's handle. */
    final Row[] mapHandles;

    Rows(Isa isa) {
        all = isa.instructions().stream().map(Row::new).toArray(Row[]::new);
        for (Row.Sort sort : Row.Sort.values()) {
            bySort.put(sort, List.of(all).stream().filter(row -> row.sort == sort).toArray(Row[]::new));
        }
        move64 = computing(row -> row.srcRegister && value(row) instanceof Expr.Register);
        move64Constant = computing(row -> row.immediate && value(row) instanceof Expr.SignExtend);
        move32Constant = computing(row -> row.immediate && !row.wide && value(row) instanceof Expr.ZeroExtend(Expr e, int w)
                && !(e instanceof Expr.Binary) && !(e instanceof Expr.IfElse));
        add64 = computing(row -> row.srcRegister && binary(row, Expr.BinaryOp.ADD));
        add64Constant = computing(row -> row.immediate && binary(row, Expr.BinaryOp.ADD));
        and64Constant = computing(row -> row.immediate && binary(row, Expr.BinaryOp.AND));
        shift64 = computing(row -> row.srcRegister && row.shift && row.width == 64);
        wideConstant = computing(row -> row.wide);
        exit = of(Row.Sort.EXIT)[0];
        jump = find(of(Row.Sort.GOTO), row -> row.instruction.targetField() == Instruction.FieldName.OFF);
        jumpLong = find(of(Row.Sort.GOTO), row -> row.instruction.targetField() == Instruction.FieldName.IMM);
        callLocal = of(Row.Sort.CALL_LOCAL)[0];
        callHelper = of(Row.Sort.CALL_HELPER)[0];
        loadFunction = of(Row.Sort.LOAD_FUNCTION)[0];
        store64Constant = find(of(Row.Sort.MEMORY), row -> row.stores && row.bytes == 8 && row.immediate);
        store32Constant = find(of(Row.Sort.MEMORY), row -> row.stores && row.bytes == 4 && row.immediate);
        store64 = find(of(Row.Sort.MEMORY), row -> row.stores && row.bytes == 8 && row.srcRegister);
        load64 = find(of(Row.Sort.MEMORY), row -> !row.stores && row.bytes == 8);
        jumpIfZero = find(of(Row.Sort.BRANCH), row -> row.immediate && row.width == 64 && row.instruction.effects()
                .getFirst() instanceof Effect.Jump(Expr condition)
                && condition instanceof Expr.Binary(Expr.BinaryOp op, Expr left, Expr right)
                && op == Expr.BinaryOp.EQ);
        mapValues = List.of(of(Row.Sort.LOAD_MAP)).stream().filter(Rows::hasNext).toArray(Row[]::new);
        mapHandles = List.of(of(Row.Sort.LOAD_MAP)).stream().filter(row -> !hasNext(row)).toArray(Row[]::new);
    }

    private static boolean hasNext(Row row) {
        return !row.instruction.operand(Instruction.FieldName.NEXT).isFixed();
    }

    private static Expr value(Row row) {
        return row.instruction.effects().getFirst() instanceof Effect.SetRegister(Expr.Role target, Expr value) ? value
                : new Expr.Const(0, 1);
    }

    private static boolean binary(Row row, Expr.BinaryOp operator) {
        return value(row) instanceof Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) && op == operator;
    }

    private Row computing(Predicate<Row> condition) {
        return find(of(Row.Sort.COMPUTE), condition);
    }

    private static Row find(Row[] rows, Predicate<Row> condition) {
        return List.of(rows).stream().filter(condition).findFirst().orElseThrow(() -> new IllegalStateException(
                "the table has no row that a generator needs"));
    }

    /** All rows. */
    List<Row> all() {
        return List.of(all);
    }

    /** Number of rows. */
    int count() {
        return all.length;
    }

    /** The row with an index. */
    Row row(int index) {
        return all[index];
    }

    /** All rows of a sort; not to be changed. */
    Row[] of(Row.Sort sort) {
        return bySort.getOrDefault(sort, new Row[0]);
    }
}
