// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.Role;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.fusion.Fusion;
import dev.bpf4j.isa.fusion.Layout;
import dev.bpf4j.isa.fusion.Pattern;
import dev.bpf4j.isa.fusion.Pattern.Constant;
import dev.bpf4j.isa.fusion.Pattern.Part;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Composes the effects of a pattern's parts into the statements of one case of the interpreter's loop. Registers are read once, at the start;
 * intermediate values stay in local variables; what the sequence leaves in registers is stored at its end, so that a sequence that stops at a
 * memory access has changed no register and can be executed again.
 *
 * <p>
 * The statements use what {@link InterpreterGenerator} declares around them: {@code x}, the word without its case bits; {@code j}, its low
 * half; {@code regs}; {@code pc}; {@code memory}; the labels {@code run} (a chunk of budget is used up) and {@code cold} (the driver must do
 * this word).
 */
final class CaseComposer implements JavaPrinter.Operands {
    private final Pattern pattern;
    private final Layout layout;
    private final boolean strict;
    private final boolean rare;
    private final List<String> statements = new ArrayList<>();
    private final JavaPrinter printer = new JavaPrinter(this);
    private final Map<Character, JavaCode> values = new HashMap<>();
    private final Map<Character, Integer> uses = new HashMap<>();
    private int temporaries;
    private int current;

    private CaseComposer(Fusion.Case fused, boolean strict) {
        this.pattern = fused.pattern();
        this.layout = fused.layout();
        this.rare = fused.rare();
        this.strict = strict;
        for (Part part : pattern.parts()) {
            part.instruction().effects().forEach(effect -> Effects.walk(effect, expr -> {
                if (expr instanceof Expr.Register(Role role)) {
                    uses.merge(part.letter(role), 1, Integer::sum);
                }
            }));
        }
    }

    /** The statements of a pattern's case, for programs of one byte order. */
    static List<String> compose(Fusion.Case fused, boolean strict, ByteOrder order) {
        Pattern pattern = fused.pattern();
        CaseComposer composer = new CaseComposer(fused, strict);
        for (int i = 0; i < pattern.parts().size(); i++) {
            composer.current = i;
            for (Effect effect : Effects.specialize(composer.part().instruction().effects(), order)) {
                composer.effect(effect);
            }
        }
        if (pattern.mover() == null) {
            composer.storeOutputs();
        }
        composer.statements.add("break;");
        return composer.statements;
    }

    private Part part() {
        return pattern.parts().get(current);
    }

    private void effect(Effect effect) {
        switch (effect) {
            case Effect.SetRegister(Role target, Expr value) -> assign(part().letter(target), value);
            case Effect.Store(Expr address, Expr value) -> store(printer.print(address), printer.print(value));
            case Effect.Jump(Expr condition) -> jump(condition);
            case Effect.Call(Effect.CallKind kind) when kind == Effect.CallKind.LOCAL -> call();
            case Effect.Exit exit -> exit();
            case Effect.Call e -> throw outside();
            case Effect.Atomic e -> throw outside();
            case Effect.CompareExchange e -> throw outside();
            case Effect.LoadAcquire e -> throw outside();
            case Effect.StoreRelease e -> throw outside();
            case Effect.MayGoto e -> throw outside();
            case Effect.JumpIndirect e -> throw outside();
            case Effect.CallIndirect e -> throw outside();
            case Effect.CheckAccess e -> throw outside();
        }
    }

    private IllegalArgumentException outside() {
        return new IllegalArgumentException(part().instruction() + " cannot stand in a pattern; the driver does it");
    }

    // ---- registers ----

    private static String field(int position) {
        if (position == 0) {
            return "j & 15";
        }
        if (position == 28) {
            return "j >>> 28";
        }
        if (position == 60) {
            return "(int) (x >>> 60)";
        }
        return position < 32 ? "j >>> " + position + " & 15" : "(int) (x >>> " + position + ") & 15";
    }

    private String slot(char letter) {
        return "regs[" + field(Objects.requireNonNull(layout.registers().get(letter))) + "]";
    }

    private JavaCode value(char letter) {
        JavaCode known = values.get(letter);
        if (known != null) {
            return known;
        }
        JavaCode read = JavaCode.atom(slot(letter), 64);
        if (uses.getOrDefault(letter, 0) > 1) {
            read = temporary(read);
        }
        values.put(letter, read);
        return read;
    }

    private JavaCode temporary(JavaCode value) {
        String name = "t" + temporaries++;
        statements.add(value.type() + " " + name + " = " + value.text() + ";");
        return JavaCode.atom(name, value.width());
    }

    /** A 64-bit value that is a zero-extended 32-bit one is kept in an int, so that what follows can use it as such. */
    private void assign(char letter, Expr value) {
        boolean narrow = value instanceof Expr.ZeroExtend(Expr operand, int width) && operand.width() == 32;
        JavaCode code = printer.print(narrow ? ((Expr.ZeroExtend) value).operand() : value);
        boolean last = current == pattern.parts().size() - 1;
        values.put(letter, last || code.trivial() ? code : temporary(code));
    }

    @Override
    public JavaCode register(Role role) {
        JavaCode value = value(part().letter(role));
        return value.width() == 64 ? value : JavaCode.of(value.operand() + " & 0xffffffffL", 64);
    }

    @Override
    public JavaCode registerLow(Role role) {
        JavaCode value = value(part().letter(role));
        return value.width() == 64 ? JavaCode.of("(int) " + value.operand(), 32) : value;
    }

    private void storeOutputs() {
        for (char letter : pattern.outputs()) {
            JavaCode value = Objects.requireNonNull(values.get(letter));
            String text = value.width() == 64 ? value.text() : value.operand() + " & 0xffffffffL";
            statements.add(slot(letter) + " = " + text + ";");
        }
        values.keySet().retainAll(List.of());
    }

    // ---- constants ----

    private Layout.Place place(FieldName field) {
        for (Map.Entry<Constant, Layout.Place> entry : layout.constants().entrySet()) {
            if (entry.getKey().part() == current && entry.getKey().field() == field) {
                return entry.getValue();
            }
        }
        throw new IllegalStateException("no place for " + field + " of " + part().instruction());
    }

    @Override
    public JavaCode immediate() {
        Layout.Place place = place(FieldName.IMM);
        return switch (place.width()) {
            case 32 -> JavaCode.of("(int) (x >> 32)", 32);
            case 16 -> JavaCode.of(sixteen(place.position()), 32);
            default -> JavaCode.of(place.position() < 32 ? "j >>> " + place.position() : "(int) (x >>> " + place.position() + ")", 32);
        };
    }

    private static String sixteen(int position) {
        return switch (position) {
            case 48 -> "(int) (x >> 48)";
            case 16 -> "j >> 16";
            default -> "(short) (x >>> " + position + ")";
        };
    }

    @Override
    public JavaCode immediateExtended() {
        return extended(place(FieldName.IMM));
    }

    @Override
    public JavaCode offsetExtended() {
        return extended(place(FieldName.OFF));
    }

    private static JavaCode extended(Layout.Place place) {
        if (place.width() == 32) {
            return JavaCode.of("x >> 32", 64);
        }
        return place.position() == 48 ? JavaCode.of("x >> 48", 64) : JavaCode.of("(long) (" + sixteen(place.position()) + ")", 64);
    }

    @Override
    public JavaCode wide() {
        if (place(FieldName.IMM).width() != 32) {
            throw new IllegalStateException("a wide constant's index needs 32 bits");
        }
        return JavaCode.atom("code[(int) (x >> 32)]", 64);
    }

    @Override
    public JavaCode supplied(Expr.Supply supply) {
        return switch (supply) {
            case ARENA_HIGH -> JavaCode.atom("regs[22]", 64);
            case LANE_CELLS -> JavaCode.atom("regs[21]", 64);
        };
    }

    private String target() {
        FieldName field = Objects.requireNonNull(part().instruction().targetField());
        Layout.Place place = place(field);
        if (place.width() == 32) {
            return "(int) (x >> 32)";
        }
        return switch (place.position()) {
            case 48 -> "(int) (x >>> 48)";
            case 16 -> "j >>> 16";
            default -> "(int) (x >>> " + place.position() + ") & 0xffff";
        };
    }

    // ---- memory ----

    private String confined(JavaCode address, int width, boolean write) {
        if (!strict) {
            return address.operand() + " & 0xffffffffL";
        }
        String a = "a" + current;
        String o = "o" + current;
        String m = "m" + current;
        int hint = Objects.requireNonNull(layout.hints().get(current));
        String region = field(hint);
        int sizes = write ? InterpreterGenerator.WRITE_SIZES : InterpreterGenerator.READ_SIZES;
        statements.add("long " + a + " = " + address.text() + ";");
        statements.add("long " + o + " = " + a + " - regs[" + InterpreterGenerator.STARTS + " + (" + region + ")];");
        statements.add("long " + m + " = regs[" + sizes + " + (" + region + ")] - " + width / 8 + ";");
        statements.add("if ((" + o + " | " + m + " | " + m + " - " + o + ") < 0) {");
        statements.add("    address = " + a + ";");
        statements.add("    site = " + (hint << 8 | width / 8 | (write ? InterpreterGenerator.SITE_WRITES : 0)) + ";");
        statements.add("    break miss;");
        statements.add("}");
        return a + " & 0xffffffffL";
    }

    @Override
    public JavaCode load(JavaCode address, int width) {
        String get = "memory.get(" + layoutName(width) + ", " + confined(address, width, false) + ")";
        return switch (width) {
            case 8 -> JavaCode.of(get + " & 0xff", 8);
            case 16 -> JavaCode.of(get + " & 0xffff", 16);
            default -> JavaCode.atom(get, width);
        };
    }

    private void store(JavaCode address, JavaCode value) {
        String cast = switch (value.width()) {
            case 8 -> "(byte) ";
            case 16 -> "(short) ";
            default -> "";
        };
        String text = cast.isEmpty() ? value.text() : cast + value.operand();
        String stored = confined(address, value.width(), true);
        statements.add("memory.set(" + layoutName(value.width()) + ", " + stored + ", " + text + ");");
    }

    private static String layoutName(int width) {
        return switch (width) {
            case 8 -> "BYTE";
            case 16 -> "SHORT";
            case 32 -> "INT";
            default -> "LONG";
        };
    }

    @Override
    public JavaCode packet(JavaCode offset, int width) {
        throw outside();
    }

    // ---- control ----

    private void jump(Expr condition) {
        String test = printer.print(condition).text();
        if (!pattern.outputs().isEmpty()) {
            test = testBeforeStores(test);
        }
        boolean always = condition instanceof Expr.Const;
        String leave = rare ? " --regs[" + InterpreterGenerator.CHUNK + "];"
                : " if (--regs[" + InterpreterGenerator.CHUNK + "] <= 0) { break run; }";
        String unit = part().back() ? leave : "";
        statements.add(always ? "pc = " + target() + ";" + unit : "if (" + test + ") { pc = " + target() + ";" + unit + " }");
    }

    /** The stores come before the jump; a condition that reads registers in place is unharmed, since letters that are written differ. */
    private String testBeforeStores(String test) {
        storeOutputs();
        return test;
    }

    /** Whether the driver must do the word is decided before anything is stored, since the driver does it from its start. */
    private void call() {
        statements.add("int d = (int) regs[" + InterpreterGenerator.DEPTH + "];");
        statements.add("if (d >= regs[" + InterpreterGenerator.DEPTH_LIMIT + "]) { break cold; }");
        storeOutputs();
        statements.add("regs[" + InterpreterGenerator.DEPTH + "] = d + 8;");
        statements.add("d &= 56;");
        for (int i = 0; i < 4; i++) {
            statements.add("regs[d + " + (InterpreterGenerator.FRAMES + i) + "] = regs[" + (6 + i) + "];");
        }
        statements.add("regs[d + " + (InterpreterGenerator.FRAMES + 4) + "] = pc;");
        moveStack("-");
        statements.add("pc = " + target() + "; if (--regs[" + InterpreterGenerator.CHUNK + "] <= 0) { break run; }");
    }

    private void exit() {
        statements.add("int d = (int) regs[" + InterpreterGenerator.DEPTH + "] - 8;");
        statements.add("if (d < 0) { break cold; }");
        storeOutputs();
        statements.add("regs[" + InterpreterGenerator.DEPTH + "] = d;");
        statements.add("d &= 56;");
        for (int i = 0; i < 4; i++) {
            statements.add("regs[" + (6 + i) + "] = regs[d + " + (InterpreterGenerator.FRAMES + i) + "];");
        }
        statements.add("pc = (int) regs[d + " + (InterpreterGenerator.FRAMES + 4) + "];");
        moveStack("+");
    }

    private void moveStack(String sign) {
        statements.add("regs[10] " + sign + "= 512;");
        if (strict) {
            String other = sign.equals("-") ? "+" : "-";
            statements.add("regs[" + InterpreterGenerator.STARTS + "] " + sign + "= 512; regs[" + InterpreterGenerator.READ_SIZES + "] "
                    + other + "= 512; regs["
                    + InterpreterGenerator.WRITE_SIZES + "] " + other + "= 512;");
        }
    }
}
