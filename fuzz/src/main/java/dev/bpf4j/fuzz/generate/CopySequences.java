// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.runtime.GuestLayout;
import java.util.Arrays;

/**
 * A copy and what is computed from it, as compilers write what eBPF has no instruction for: {@code copy = x; copy <<= n; x >>= 64 - n; copy |= x}
 * is a rotation. Backends emit one machine instruction for such a sequence; now and then one of its parts is a little different, so that they must
 * not.
 */
final class CopySequences {
    /** The last sort, which is rare, since it ends a program. */
    private static final int OUTSIDE = 4;

    private final Writer writer;
    private final Rows rows;
    private final Rotation narrow;
    private final Rotation wide;

    /** Rows of a rotation in one width. */
    private record Rotation(int width, Row move, Row left, Row right, Row or, Row add, Row addImmediate) {}

    CopySequences(Writer writer) {
        this.writer = writer;
        this.rows = writer.rows();
        this.narrow = rotation(32);
        this.wide = rotation(64);
    }

    private Rotation rotation(int width) {
        return new Rotation(width, row("mov" + width + "_reg"), row("lsh" + width + "_imm"), row("rsh" + width + "_imm"), row("or" + width
                + "_reg"), row("add" + width + "_reg"), row("add" + width + "_imm"));
    }

    private Row row(String name) {
        return Arrays.stream(rows.of(Row.Sort.COMPUTE)).filter(row -> row.instruction.name().equals(name)).findFirst().orElseThrow();
    }

    /** Writes one. */
    void write(Entropy entropy, Row[] computing) {
        Rotation forms = entropy.chance(128) ? wide : narrow;
        int copy = writer.writable();
        int original = writer.writable();
        switch (entropy.chance(8) ? OUTSIDE : entropy.below(OUTSIDE)) {
            case 0, 1 -> rotate(entropy, forms, copy, original);
            case 2 -> {
                writer.compute(forms.move(), copy, writer.readable(), 0);
                Row sum = entropy.chance(128) ? forms.add() : forms.addImmediate();
                writer.compute(sum, entropy.chance(16) ? original : copy, writer.readable(), Constants.immediate(entropy));
            }
            case OUTSIDE -> outside(entropy, copy, original);
            default -> {
                Row row = computing[entropy.below(computing.length)];
                writer.compute(forms.move(), copy, original, 0);
                int imm = row.shift ? Constants.shift(entropy) : Constants.immediate(entropy);
                writer.compute(row.wide ? forms.or() : row, copy, entropy.chance(64) ? copy : writer.readable(), imm);
            }
        }
    }

    /**
     * An access by way of r10 that is not in the stack, but would be for a check that has a sign wrong: as far above it as the stack is large, or
     * where the sum of two addresses is what their difference should be.
     */
    private void outside(Entropy entropy, int pointer, int distance) {
        if (pointer == distance) {
            return;
        }
        long near = GuestLayout.FRAME_SIZE + (long) entropy.below(GuestLayout.FRAME_SIZE);
        writer.wide(distance, entropy.chance(128) ? near : near - 2 * Writer.address(Writer.STACK));
        writer.compute(rows.move64, pointer, Writer.STACK_POINTER, 0);
        writer.compute(wide.add(), pointer, distance, 0);
        writer.write(rows.load64, distance, pointer, 0, 0);
    }

    private void rotate(Entropy entropy, Rotation forms, int copy, int original) {
        int left = entropy.chance(48) ? Constants.shift(entropy) : 1 + entropy.below(forms.width() - 1);
        int right = forms.width() - left + (entropy.chance(16) ? 1 : 0);
        writer.set(original, Constants.wide(entropy));
        writer.compute(forms.move(), copy, original, 0);
        boolean copyLeft = entropy.chance(128);
        int one = copyLeft ? copy : original;
        int other = copyLeft ? original : copy;
        if (entropy.chance(128)) {
            writer.compute(forms.left(), one, 0, left);
            writer.compute(forms.right(), other, 0, right);
        } else {
            writer.compute(forms.right(), other, 0, right);
            writer.compute(forms.left(), one, 0, left);
        }
        boolean intoCopy = entropy.chance(128);
        writer.compute(forms.or(), intoCopy ? copy : original, intoCopy ? original : copy, 0);
    }
}
