// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Instruction.FieldName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Matches the tokens of one line against one form of an instruction and collects the fields. A value that is too large for its field still
 * matches, and is kept as a {@link #problem}, so that the error can say so; where nothing fits, {@link #reached} and {@link #expected} say
 * how far the line was understood.
 */
final class AsmMatcher {
    private final AsmForm form;
    private final List<AsmToken> tokens;
    private final Dialect dialect;
    private final Map<FieldName, Integer> fields = new EnumMap<>(FieldName.class);
    private int next;
    private String expected = "";
    private @Nullable String problem;
    private int problemColumn;
    private @Nullable AsmToken label;

    AsmMatcher(AsmForm form, List<AsmToken> tokens, Dialect dialect) {
        this.form = form;
        this.tokens = tokens;
        this.dialect = dialect;
    }

    /** The instruction that was tried. */
    Instruction instruction() {
        return form.instruction();
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

    /** Index of the token that did not fit; the number of tokens if the line ended too early. */
    int reached() {
        return next;
    }

    /** What should have stood there. */
    String expected() {
        return expected;
    }

    /** The label that stands for the distance; null if a number does. */
    @Nullable
    AsmToken label() {
        return label;
    }

    /** The instruction with its operands; a label's distance is filled in by the caller. */
    Insn insn(int distance) {
        if (label != null) {
            fields.put(Objects.requireNonNull(instruction().targetField()), distance);
        }
        return new Insn(instruction(), value(FieldName.DST), value(FieldName.SRC), value(FieldName.OFF), value(FieldName.IMM), value(
                FieldName.NEXT));
    }

    private int value(FieldName field) {
        Instruction.Operand operand = instruction().operand(field);
        return operand.isFixed() ? operand.fixed() : fields.getOrDefault(field, 0);
    }

    boolean matches() {
        for (AsmForm.Element element : form.elements()) {
            int start = next;
            boolean fits = switch (element) {
                case AsmForm.Element.Fixed(String text) -> literal(text);
                case AsmForm.Element.Operand(Syntax.SlotKind kind) -> slot(kind);
            };
            if (!fits) {
                next = start;
                return false;
            }
        }
        expected = "the end of the line";
        return next == tokens.size();
    }

    /** A token that stands as it is; the conformance suite's commas may be left out. */
    private boolean literal(String text) {
        expected = "'" + text + "'";
        return accept(text) || dialect == Dialect.CONFORMANCE && text.equals(",") && next < tokens.size();
    }

    private boolean accept(String text) {
        if (next < tokens.size() && tokens.get(next).is(text)) {
            next++;
            return true;
        }
        return false;
    }

    private boolean slot(Syntax.SlotKind kind) {
        return switch (kind) {
            case DST -> register(dialect.registerPrefix(), FieldName.DST);
            case SRC -> register(dialect.registerPrefix(), FieldName.SRC);
            case WDST -> register("w", FieldName.DST);
            case WSRC -> register("w", FieldName.SRC);
            case IMM -> number(FieldName.IMM, 32, true);
            case UIMM -> (next >= tokens.size() || !tokens.get(next).is("+")) && number(FieldName.IMM, 32, true);
            case NEXT -> number(FieldName.NEXT, 32, true);
            case OFF -> !atSign() ? put(FieldName.OFF, 0) : number(FieldName.OFF, 16, false);
            case TARGET -> target(FieldName.OFF, 16);
            case ITARGET -> target(FieldName.IMM, 32);
            case WIDE -> wide();
            case WORD -> word();
        };
    }

    private boolean register(String prefix, FieldName field) {
        Integer earlier = fields.get(field);
        expected = earlier == null ? "a register " + prefix + "0 to " + prefix + dialect.lastRegister() : "'" + prefix + earlier + "'";
        if (next >= tokens.size()) {
            return false;
        }
        AsmToken token = tokens.get(next);
        int number = token.register(prefix);
        if (number < 0 || earlier != null && earlier != number) {
            return false;
        }
        next++;
        if (number > dialect.lastRegister()) {
            report(token, "there is no register " + token.text() + "; the last one is " + prefix + dialect.lastRegister());
        }
        return put(field, number & 15);
    }

    private boolean put(FieldName field, int value) {
        Integer earlier = fields.put(field, value);
        return earlier == null || earlier == value;
    }

    private boolean atSign() {
        return next < tokens.size() && (tokens.get(next).is("+") || tokens.get(next).is("-"));
    }

    private boolean target(FieldName field, int width) {
        if (next + 1 < tokens.size() && tokens.get(next).is("pc")) {
            next++;
        }
        boolean needsSign = dialect == Dialect.CONFORMANCE;
        if (next < tokens.size() && tokens.get(next).isWord()) {
            label = tokens.get(next++);
            return put(field, 0);
        }
        boolean fits = (!needsSign || atSign()) && number(field, width, false);
        expected = needsSign ? "a label or a distance with its sign" : "a label or a distance";
        return fits;
    }

    private boolean word() {
        expected = "a name";
        return next < tokens.size() && tokens.get(next++).isWord();
    }

    private boolean number(FieldName field, int width, boolean orUnsigned) {
        int start = next;
        Long value = parse();
        if (value == null) {
            return false;
        }
        if (value < 0 && dialect == Dialect.CONFORMANCE && tokens.get(next - 1).text().startsWith("0x")) {
            report(tokens.get(start), "a hexadecimal number has no sign '-' in the dialect of the conformance suite");
        }
        boolean unsigned = dialect == Dialect.LLVM ? orUnsigned : tokens.get(next - 1).text().startsWith("0x");
        if (!Bits.fitsSigned(value, width) && !(unsigned && Bits.fitsUnsigned(value, width))) {
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
        expected = "a number";
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
            if (negative && value < 0 && value != Long.MIN_VALUE) {
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
