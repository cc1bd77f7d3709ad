// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.golden;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts, line by line, as people read it. */
final class Diff {
    /** Lines around a difference that are shown. */
    private static final int CONTEXT = 2;
    /** Most lines of a difference that are shown. */
    private static final int SHOWN = 80;
    /** Largest table of the longest common subsequence; beyond it the whole middle counts as replaced. */
    private static final long LARGEST = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<String> lines = new ArrayList<>();

    private Diff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** Lines with {@code -} for those only in {@code before}, {@code +} for those only in {@code after}, and a few around them. */
    static String of(List<String> before, List<String> after) {
        Diff diff = new Diff(before, after);
        diff.compare();
        return diff.render();
    }

    private void compare() {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            lines.add(" " + before.get(head++));
        }
        int tail = 0;
        while (tail < shorter - head && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
        before.subList(before.size() - tail, before.size()).forEach(line -> lines.add(" " + line));
    }

    private void middle(List<String> old, List<String> made) {
        int[][] common = (long) old.size() * made.size() > LARGEST ? new int[0][0] : common(old, made);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < made.size()) {
            if (common.length > 0 && i < old.size() && j < made.size() && old.get(i).equals(made.get(j))) {
                lines.add(" " + old.get(i++));
                j++;
            } else if (i < old.size() && (common.length == 0 || j == made.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("-" + old.get(i++));
            } else {
                lines.add("+" + made.get(j++));
            }
        }
    }

    /** {@code [i][j]}: length of the longest common subsequence of the texts from line i and from line j on. */
    private static int[][] common(List<String> old, List<String> made) {
        int[][] length = new int[old.size() + 1][made.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = made.size() - 1; j >= 0; j--) {
                length[i][j] = old.get(i).equals(made.get(j)) ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }

    private String render() {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        boolean gap = false;
        for (int i = 0; i < lines.size(); i++) {
            if (!near(i)) {
                gap = true;
                continue;
            }
            if (++shown > SHOWN) {
                return text.append("… and more\n").toString();
            }
            text.append(gap ? "…\n" : "").append(lines.get(i)).append('\n');
            gap = false;
        }
        return text.toString();
    }

    private boolean near(int index) {
        for (int i = Math.max(0, index - CONTEXT); i <= Math.min(lines.size() - 1, index + CONTEXT); i++) {
            if (lines.get(i).charAt(0) != ' ') {
                return true;
            }
        }
        return false;
    }
}
