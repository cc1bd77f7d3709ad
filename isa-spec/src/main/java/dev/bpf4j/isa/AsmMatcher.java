// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Instruction.FieldName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches the tokens of one line against one instruction's syntax and collects the fields. A value that is too large for its field still
 * matches, and is kept as a {@link #problem}, so that the error can say so.
 */
final class AsmMatcher {
    private final Instruction instruction;
    private final Syntax syntax;
    private final List<AsmToken> tokens;
    private final Map<FieldName, Integer> fields = new EnumMap<>(FieldName.class);
    private int next;
    private @Nullable String problem;
    private int problemColumn;
    private @Nullable AsmToken label;

    AsmMatcher(Instruction instruction, Syntax syntax, List<AsmToken> tokens) {
        this.instruction = instruction;
        this.syntax = syntax;
        this.tokens = tokens;
    }

    /** Under which key an index keeps a syntax; lines with another {@link #key(List)} cannot match. */
    static String key(Syntax syntax) {
        return switch (syntax.parts().getFirst()) {
            case Syntax.Literal(String text) -> key(AsmToken.split(text));
            case Syntax.Slot(Syntax.SlotKind kind) -> kind == Syntax.SlotKind.WDST || kind == Syntax.SlotKind.WSRC ? "w" : "r";
        };
    }

    static String key(List<AsmToken> tokens) {
        AsmToken first = tokens.getFirst();
        return first.isRegister('r') ? "r" : first.isRegister('w') ? "w" : first.text();
    }

    /** The instruction that was tried. */
    Instruction instruction() {
        return instruction;
    }

    /** What is wrong with a value although the form fits; null if nothing is. */
    @Nullable
    String problem() {
        return problem;
    }

    /** 0-based column of the problem. */
    int problemColumn() {
        return problemColumn;
    }

    /** The label that stands for the distance; null if a number does. */
    @Nullable
    AsmToken label() {
        return label;
    }

    /** The instruction with its operands; a label's distance is filled in by the caller. */
    Insn insn(int distance) {
        if (label != null) {
            FieldName target = java.util.Objects.requireNonNull(instruction.targetField());
            fields.put(target, distance);
        }
        return new Insn(instruction, value(FieldName.DST), value(FieldName.SRC), value(FieldName.OFF), value(FieldName.IMM), value(
                FieldName.NEXT));
    }

    private int value(FieldName field) {
        Instruction.Operand operand = instruction.operand(field);
        return operand.isFixed() ? operand.fixed() : fields.getOrDefault(field, 0);
    }

    boolean matches() {
        for (Syntax.Part part : syntax.parts()) {
            boolean fits = switch (part) {
                case Syntax.Literal(String text) -> literal(text);
                case Syntax.Slot(Syntax.SlotKind kind) -> slot(kind);
            };
            if (!fits) {
                return false;
            }
        }
        return next == tokens.size();
    }

    private boolean literal(String text) {
        for (AsmToken expected : AsmToken.split(text)) {
            if (!accept(expected.text())) {
                return false;
            }
        }
        return true;
    }

    private boolean accept(String text) {
        if (next < tokens.size() && tokens.get(next).text().equals(text)) {
            next++;
            return true;
        }
        return false;
    }

    private boolean slot(Syntax.SlotKind kind) {
        return switch (kind) {
            case DST -> register('r', FieldName.DST);
            case SRC -> register('r', FieldName.SRC);
            case WDST -> register('w', FieldName.DST);
            case WSRC -> register('w', FieldName.SRC);
            case IMM, UIMM -> number(FieldName.IMM, 32, true);
            case NEXT -> number(FieldName.NEXT, 32, true);
            case OFF -> !atSign() ? put(FieldName.OFF, 0) : number(FieldName.OFF, 16, false);
            case TARGET -> target(FieldName.OFF, 16);
            case ITARGET -> target(FieldName.IMM, 32);
            case WIDE -> wide();
        };
    }

    private boolean register(char letter, FieldName field) {
        if (next >= tokens.size() || !tokens.get(next).isRegister(letter)) {
            return false;
        }
        AsmToken token = tokens.get(next++);
        int number = Integer.parseInt(token.text().substring(1));
        if (number > 15) {
            report(token, "there is no register " + token.text());
        }
        return put(field, number & 15);
    }

    private boolean put(FieldName field, int value) {
        Integer earlier = fields.put(field, value);
        return earlier == null || earlier == value;
    }

    private boolean atSign() {
        return next < tokens.size() && (tokens.get(next).text().equals("+") || tokens.get(next).text().equals("-"));
    }

    private boolean target(FieldName field, int width) {
        if (next + 1 < tokens.size() && tokens.get(next).text().equals("pc")) {
            next++;
        }
        if (next < tokens.size() && tokens.get(next).isWord()) {
            label = tokens.get(next++);
            return put(field, 0);
        }
        return number(field, width, false);
    }

    private boolean number(FieldName field, int width, boolean orUnsigned) {
        int start = next;
        Long value = parse();
        if (value == null) {
            return false;
        }
        if (!Bits.fitsSigned(value, width) && !(orUnsigned && Bits.fitsUnsigned(value, width))) {
            report(tokens.get(start), "the value does not fit into " + width + " bits");
        }
        return put(field, (int) Bits.sx(value, width));
    }

    private boolean wide() {
        Long value = parse();
        return value != null && put(FieldName.IMM, value.intValue()) && put(FieldName.NEXT, (int) (value >>> 32));
    }

    /** A number with an optional sign; null if there is none. */
    private @Nullable Long parse() {
        boolean negative = accept("-");
        if (!negative) {
            accept("+");
        }
        if (next >= tokens.size() || !tokens.get(next).isNumber()) {
            return null;
        }
        AsmToken token = tokens.get(next++);
        String digits = token.text();
        try {
            long value = digits.startsWith("0x") ? Long.parseUnsignedLong(digits.substring(2), 16) : Long.parseUnsignedLong(digits);
            if (negative && value < 0 && value != Long.MIN_VALUE || !negative && !digits.startsWith("0x") && value < 0) {
                report(token, "the number does not fit into 64 bits");
            }
            return negative ? -value : value;
        } catch (NumberFormatException e) {
            report(token, "'" + digits + "' is no number of at most 64 bits");
            return 0L;
        }
    }

    private void report(AsmToken token, String message) {
        if (problem == null) {
            problem = message;
            problemColumn = token.column();
        }
    }
}
