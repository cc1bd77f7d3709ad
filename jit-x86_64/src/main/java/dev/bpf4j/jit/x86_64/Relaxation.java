// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the jumps of a {@link CodeBuffer} in, each as short as it can be. All start short; those that do not reach become long, until all
 * reach. A jump never becomes short again, so this ends.
 */
final class Relaxation {
    private static final int SHORT = 2;
    private static final int LONG = 5;
    private static final int LONG_CONDITIONAL = 6;

    private final CodeBuffer source;
    /** Bytes of all jumps in front of the one with this index. */
    private final int[] before;
    private final boolean[] isLong;

    private Relaxation(CodeBuffer source) {
        this.source = source;
        this.before = new int[source.jumps() + 1];
        this.isLong = new boolean[source.jumps()];
    }

    /**
     * Code that can be executed.
     *
     * @param bytes   machine code, position-independent
     * @param offsets by label: where it is, in bytes from the start
     * @param lines   the listing, empty if none was kept; {@code bytes} in it are offsets in the code
     */
    record Code(byte[] bytes, int[] offsets, List<CodeBuffer.Line> lines) {}

    /** Finishes code. */
    static Code finish(CodeBuffer source) {
        Relaxation relaxation = new Relaxation(source);
        relaxation.solve();
        return relaxation.assemble();
    }

    private void solve() {
        for (int jump = 0; jump < isLong.length; jump++) {
            isLong[jump] = source.jumpCondition(jump) == CodeBuffer.CALL;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int jump = 0; jump < isLong.length; jump++) {
                before[jump + 1] = before[jump] + length(jump);
            }
            for (int jump = 0; jump < isLong.length; jump++) {
                if (!isLong[jump] && distance(jump) != (byte) distance(jump)) {
                    isLong[jump] = true;
                    changed = true;
                }
            }
        }
    }

    private int length(int jump) {
        return !isLong[jump] ? SHORT : source.jumpCondition(jump) < CodeBuffer.ALWAYS ? LONG_CONDITIONAL : LONG;
    }

    private int offset(int label) {
        return source.labelBytes(label) + before[source.labelJumps(label)];
    }

    private int distance(int jump) {
        return offset(source.jumpLabel(jump)) - (source.jumpBytes(jump) + before[jump + 1]);
    }

    private Code assemble() {
        Encoder out = new Encoder();
        int from = 0;
        for (int jump = 0; jump < isLong.length; jump++) {
            copy(out, from, source.jumpBytes(jump));
            from = source.jumpBytes(jump);
            put(out, jump);
        }
        copy(out, from, source.size());
        byte[] bytes = Arrays.copyOf(out.bytes(), out.size());
        int[] offsets = new int[source.labels()];
        for (int label = 0; label < offsets.length; label++) {
            offsets[label] = offset(label);
        }
        return new Code(bytes, offsets, lines());
    }

    private void copy(Encoder out, int from, int to) {
        byte[] bytes = source.bytes();
        for (int i = from; i < to; i++) {
            out.put(bytes[i]);
        }
    }

    private void put(Encoder out, int jump) {
        int distance = distance(jump);
        int condition = source.jumpCondition(jump);
        if (condition == CodeBuffer.CALL) {
            out.call_rel32(distance);
        } else if (condition == CodeBuffer.ALWAYS) {
            if (isLong[jump]) {
                out.jmp_rel32(distance);
            } else {
                out.jmp_rel8(distance);
            }
        } else if (isLong[jump]) {
            out.jcc_rel32(condition, distance);
        } else {
            out.jcc_rel8(condition, distance);
        }
    }

    /** The listing with the jumps; empty if no lines were kept. */
    private List<CodeBuffer.Line> lines() {
        List<CodeBuffer.Line> lines = new ArrayList<>();
        if (source.lines().isEmpty()) {
            return lines;
        }
        int jump = 0;
        for (CodeBuffer.Line line : source.lines()) {
            while (jump < line.jumps()) {
                lines.add(jumpLine(jump++));
            }
            lines.add(new CodeBuffer.Line(line.bytes() + before[line.jumps()], 0, line.comment(), line.text()));
        }
        while (jump < isLong.length) {
            lines.add(jumpLine(jump++));
        }
        return lines;
    }

    private CodeBuffer.Line jumpLine(int jump) {
        int condition = source.jumpCondition(jump);
        String name = condition == CodeBuffer.CALL ? "call"
                : condition == CodeBuffer.ALWAYS ? "jmp"
                        : "j" + IntelSyntax.conditionName(
                                condition);
        return new CodeBuffer.Line(source.jumpBytes(jump) + before[jump], 0, false, name + " 0x" + Integer.toHexString(offset(source
                .jumpLabel(jump))));
    }
}
