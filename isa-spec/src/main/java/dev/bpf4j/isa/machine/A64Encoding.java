// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import dev.bpf4j.isa.machine.MachineForm.Operand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A 32-bit encoding, written like the diagrams of the Arm Architecture Reference Manual, bit 31 first: {@code 1 0 0 01011 00 0 Rm 000000 Rn Rd}.
 * A register's field has 5 bits and a condition's 4; of other fields the bits are named: {@code imm<11:0>}. {@code -imm<4:0>} are bits of the
 * negated value, {@code ~imm<4:0>} of the inverted one.
 *
 * @param notation as the table writes it
 * @param fixed    the bits that do not depend on operands
 * @param fields   the others
 */
public record A64Encoding(String notation, int fixed, List<Field> fields) implements MachineEncoding {
    private static final int BITS = 32;
    private static final int REGISTER = 5;
    private static final int CONDITION = 4;
    private static final Pattern SLICE = Pattern.compile("([-~]?)([A-Za-z0-9]+)<([0-9]{1,2}):([0-9]{1,2})>");

    /** Copies the list. */
    public A64Encoding { fields = List.copyOf(fields); }

    /** What is done to a value before its bits are taken. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** It is negated. */
        NEGATED,
        /** It is inverted. */
        INVERTED
    }

    /**
     * Some bits of an operand.
     *
     * @param slot   the operand's
     * @param change what is done to its value
     * @param high   the first of them
     * @param low    the last
     * @param at     the last one's place in the instruction
     */
    public record Field(A64Slot slot, Change change, int high, int low, int at) {}

    /**
     * Reads the notation.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static A64Encoding parse(String notation) {
        int fixed = 0;
        int at = BITS;
        List<Field> fields = new ArrayList<>();
        for (String token : notation.strip().split(" +")) {
            if (token.matches("[01]+")) {
                at -= token.length();
                fixed |= at < 0 ? 0 : Integer.parseUnsignedInt(token, 2) << at;
            } else {
                Field field = field(token);
                at -= field.high() - field.low() + 1;
                fields.add(new Field(field.slot(), field.change(), field.high(), field.low(), at));
            }
        }
        if (at != 0) {
            throw new IllegalArgumentException("the encoding '" + notation + "' has " + (BITS - at) + " bits, expected " + BITS);
        }
        return new A64Encoding(notation.strip().replaceAll(" +", " "), fixed, fields);
    }

    private static Field field(String token) {
        Matcher slice = SLICE.matcher(token);
        if (slice.matches()) {
            Change change = slice.group(1).equals("-") ? Change.NEGATED : slice.group(1).equals("~") ? Change.INVERTED : Change.NONE;
            int high = Integer.parseInt(slice.group(3));
            int low = Integer.parseInt(slice.group(4));
            if (high < low || high >= BITS) {
                throw new IllegalArgumentException("'" + token + "' names no bits");
            }
            return new Field(slot(token, slice.group(2)), change, high, low, 0);
        }
        A64Slot slot = slot(token, token);
        return new Field(slot, Change.NONE, (slot == A64Slot.COND ? CONDITION : REGISTER) - 1, 0, 0);
    }

    private static A64Slot slot(String token, String name) {
        for (A64Slot slot : A64Slot.values()) {
            if (slot.word().equals(name.toLowerCase(Locale.ROOT))) {
                return slot;
            }
        }
        throw new IllegalArgumentException("'" + token
                + "' is neither bits nor a field: Rd Rn Rm Ra Rt Rt2 Rs cond, or bits of imm hw bit rel mem");
    }

    /** Every bit of every operand has its place. */
    @Override
    public void check(List<Operand> operands, String feature) {
        Map<Slot, Long> placed = new HashMap<>();
        for (Field field : fields) {
            long bits = (2L << field.high()) - (1L << field.low());
            placed.merge(field.slot(), bits, (one, other) -> one | other);
        }
        for (Operand operand : operands) {
            A64Kind kind = (A64Kind) operand.kind();
            Long bits = placed.remove(operand.slot());
            if (bits == null || bits != (1L << kind.width()) - 1) {
                throw new IllegalArgumentException("operand " + operand.slot().word() + " has " + kind.width()
                        + " bits, and the encoding does not hold just these");
            }
        }
        if (!placed.isEmpty()) {
            throw new IllegalArgumentException("the encoding has fields that are no operands: " + placed.keySet());
        }
    }
}
