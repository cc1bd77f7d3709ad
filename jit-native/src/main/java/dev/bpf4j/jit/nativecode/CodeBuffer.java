// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Machine code while it is made.
 *
 * <p>
 * Problem: how many bytes a jump takes depends on how far it goes, which depends on the sizes of the jumps between. Structure: jumps are kept
 * aside and take no bytes here; {@link Relaxation} puts them in when all is known. A place in the code is therefore a pair: bytes before it, and
 * jumps before it. Labels and the lines of a listing are such places. Invariant: places are appended in order.
 *
 * <p>
 * A condition is a number of the target's own, whose lowest bit says whether it is the opposite; {@link #ALWAYS} and {@link #CALL} mean the same
 * for all targets. What a target's instructions hold is checked by its subclass, in every build: a wrong bit in machine code must not get out.
 */
public abstract class CodeBuffer {
    /** As a condition: jumps always. */
    public static final int ALWAYS = 16;
    /** As a condition: calls. */
    public static final int CALL = 17;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int UNBOUND = -1;
    private static final int BYTES_PER_SLOT = 8;

    private byte[] bytes = new byte[1024];
    private int size;
    private int[] labelBytes = new int[64];
    private int[] labelJumps = new int[64];
    private int labels;
    private int[] jumpBytes = new int[64];
    private int[] jumpLabels = new int[64];
    private int[] jumpConditions = new int[64];
    private int jumps;
    private final List<Line> lines = new ArrayList<>();

    /**
     * A line of the listing.
     *
     * @param bytes   bytes before it
     * @param jumps   jumps before it
     * @param comment whether it is no instruction
     * @param text    what it says
     */
    public record Line(int bytes, int jumps, boolean comment, String text) {}

    /** Nothing yet. */
    protected CodeBuffer() {
    }

    /** Bytes so far, without the jumps to labels. */
    public final int size() {
        return size;
    }

    // ---- labels and jumps ----

    /** A label that is not yet anywhere. */
    public final int label() {
        if (labels == labelBytes.length) {
            labelBytes = Arrays.copyOf(labelBytes, labels * 2);
            labelJumps = Arrays.copyOf(labelJumps, labels * 2);
        }
        labelBytes[labels] = UNBOUND;
        return labels++;
    }

    /**
     * A buffer of the same kind, without what this one holds; jumps are put into it. It keeps no listing.
     */
    protected abstract CodeBuffer fresh();

    /** How the target's jumps look. */
    protected abstract Jumps jumpForms();

    /** Puts a label here. */
    public final void bind(int label) {
        if (labelBytes[label] != UNBOUND) {
            throw new IllegalStateException("label " + label + " is bound twice");
        }
        labelBytes[label] = size;
        labelJumps[label] = jumps;
    }

    /** A label that is here. */
    public final int here() {
        int label = label();
        bind(label);
        return label;
    }

    /** Jumps to a label. */
    public final void jump(int label) {
        jump(ALWAYS, label);
    }

    /** Calls what is at a label. */
    public final void call(int label) {
        jump(CALL, label);
    }

    /** Jumps to a label if a condition holds. */
    public final void jump(int condition, int label) {
        if (jumps == jumpBytes.length) {
            jumpBytes = Arrays.copyOf(jumpBytes, jumps * 2);
            jumpLabels = Arrays.copyOf(jumpLabels, jumps * 2);
            jumpConditions = Arrays.copyOf(jumpConditions, jumps * 2);
        }
        jumpBytes[jumps] = size;
        jumpLabels[jumps] = label;
        jumpConditions[jumps++] = condition;
    }

    int labels() {
        return labels;
    }

    int jumps() {
        return jumps;
    }

    int labelBytes(int label) {
        if (labelBytes[label] == UNBOUND) {
            throw new IllegalStateException("label " + label + " is nowhere");
        }
        return labelBytes[label];
    }

    int labelJumps(int label) {
        return labelJumps[label];
    }

    int jumpBytes(int jump) {
        return jumpBytes[jump];
    }

    int jumpLabel(int jump) {
        return jumpLabels[jump];
    }

    int jumpCondition(int jump) {
        return jumpConditions[jump];
    }

    // ---- the listing ----

    /** Keeps the text of the instruction that starts at a byte. */
    protected final void listed(int at, String text) {
        lines.add(new Line(at, jumps, false, text));
    }

    /** Whether texts and comments are kept. */
    public boolean lists() {
        return false;
    }

    /** Keeps a comment; only encoders that list do so. */
    public void comment(String text) {
        // an encoder without a listing has no use for it
    }

    /** Adds a comment to the listing. */
    protected final void addComment(String text) {
        lines.add(new Line(size, jumps, true, text));
    }

    List<Line> lines() {
        return lines;
    }

    // ---- bytes ----

    /** The bytes so far; live. */
    public final byte[] bytes() {
        return bytes;
    }

    /** Makes room for what a program of so many slots takes, about, and for a label for each of them. */
    final void expect(int slots) {
        room(slots * BYTES_PER_SLOT);
        if (labels + slots > labelBytes.length) {
            labelBytes = Arrays.copyOf(labelBytes, labels + slots + slots / 2);
            labelJumps = Arrays.copyOf(labelJumps, labels + slots + slots / 2);
        }
        if (slots / 2 > jumpBytes.length) {
            jumpBytes = Arrays.copyOf(jumpBytes, slots / 2);
            jumpLabels = Arrays.copyOf(jumpLabels, slots / 2);
            jumpConditions = Arrays.copyOf(jumpConditions, slots / 2);
        }
    }

    /** Makes room for so many bytes in all. */
    final void room(int count) {
        if (count > bytes.length) {
            bytes = Arrays.copyOf(bytes, count);
        }
    }

    /** Appends bytes of an array. */
    final void put(byte[] from, int start, int end) {
        int count = end - start;
        if (size + count > bytes.length) {
            room(Math.max(size + count, bytes.length * 2));
        }
        System.arraycopy(from, start, bytes, size, count);
        size += count;
    }

    /** Appends 32 bits, the lowest byte first. */
    public final void put32(int value) {
        if (size + Integer.BYTES > bytes.length) {
            room(bytes.length * 2);
        }
        WORD.set(bytes, size, value);
        size += Integer.BYTES;
    }

    /** Appends a byte. */
    public final void put(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }
}
