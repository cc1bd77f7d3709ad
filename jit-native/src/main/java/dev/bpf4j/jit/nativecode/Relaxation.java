// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the jumps of a {@link CodeBuffer} in, each as short as it can be. All start short; those that do not reach become long, until all
 * reach. A jump never becomes short again, so this ends.
 */
public final class Relaxation {
    private final CodeBuffer source;
    private final Jumps forms;
    /** Bytes of all jumps in front of the one with this index. */
    private final int[] before;
    private final boolean[] isLong;

    private Relaxation(CodeBuffer source) {
        this.source = source;
        this.forms = source.jumpForms();
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
    public record Code(byte[] bytes, int[] offsets, List<CodeBuffer.Line> lines) {}

    /** Finishes code. */
    public static Code finish(CodeBuffer source) {
        Relaxation relaxation = new Relaxation(source);
        relaxation.solve();
        return relaxation.assemble();
    }

    private void solve() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int jump = 0; jump < isLong.length; jump++) {
                before[jump + 1] = before[jump] + length(jump);
            }
            for (int jump = 0; jump < isLong.length; jump++) {
                if (!isLong[jump] && !forms.reaches(source.jumpCondition(jump), distance(jump))) {
                    isLong[jump] = true;
                    changed = true;
                }
            }
        }
    }

    private int length(int jump) {
        return forms.length(source.jumpCondition(jump), isLong[jump]);
    }

    private int offset(int label) {
        return source.labelBytes(label) + before[source.labelJumps(label)];
    }

    /** Bytes from the jump's first byte to its target. */
    private int distance(int jump) {
        return offset(source.jumpLabel(jump)) - (source.jumpBytes(jump) + before[jump]);
    }

    private Code assemble() {
        CodeBuffer out = source.fresh();
        out.room(source.size() + before[isLong.length]);
        int from = 0;
        for (int jump = 0; jump < isLong.length; jump++) {
            out.put(source.bytes(), from, source.jumpBytes(jump));
            from = source.jumpBytes(jump);
            forms.put(out, source.jumpCondition(jump), isLong[jump], distance(jump));
        }
        out.put(source.bytes(), from, source.size());
        byte[] bytes = Arrays.copyOf(out.bytes(), out.size());
        int[] offsets = new int[source.labels()];
        for (int label = 0; label < offsets.length; label++) {
            offsets[label] = offset(label);
        }
        return new Code(bytes, offsets, lines());
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
        String text = forms.text(source.jumpCondition(jump), isLong[jump], offset(source.jumpLabel(jump)));
        return new CodeBuffer.Line(source.jumpBytes(jump) + before[jump], 0, false, text);
    }
}
