// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import java.util.ArrayList;
import java.util.List;

/** Listings in a {@code .bpft} file that a tool is expected to print: machine code, generated source. */
public final class GoldenListing {
    private static final String INDENT = "  ";

    private GoldenListing() {
    }

    /** Lines without common indentation, without blanks at their ends, without empty lines at the end. */
    public static List<String> normalise(List<String> lines) {
        List<String> stripped = new ArrayList<>(lines.stream().map(String::stripTrailing).toList());
        while (!stripped.isEmpty() && stripped.getLast().isEmpty()) {
            stripped.removeLast();
        }
        int indent = stripped.stream().filter(line -> !line.isEmpty()).mapToInt(line -> line.length() - line.stripLeading().length()).min()
                .orElse(0);
        return stripped.stream().map(line -> line.isEmpty() ? line : line.substring(indent)).toList();
    }

    /**
     * The text of a file with another listing in it: what a test writes if goldens are to be blessed. Everything else stays as it is, results of
     * running included.
     *
     * @param testCase name of a case of the file
     * @param name     name of the listing; it is added at the case's end if the case has none of this name
     * @throws IllegalArgumentException if the file has no such case
     */
    public static String replace(BpftFile file, String testCase, String name, List<String> listing) {
        List<String> lines = new ArrayList<>(List.of(file.text().split("\n", -1)));
        Section section = file.section(testCase);
        List<String> fresh = new ArrayList<>(List.of(Key.GOLDEN.word() + " " + name + ":"));
        normalise(listing).forEach(line -> fresh.add(line.isEmpty() ? line : INDENT + line));
        for (Block block : section.blocks()) {
            if (block.key() == Key.GOLDEN && block.argument().equals(name)) {
                int end = lastLine(block);
                lines.subList(block.at().line() - 1, end).clear();
                lines.addAll(block.at().line() - 1, fresh);
                return String.join("\n", lines);
            }
        }
        int end = section.blocks().isEmpty() ? section.name().line() : lastLine(section.blocks().getLast());
        lines.addAll(end, fresh);
        return String.join("\n", lines);
    }

    private static int lastLine(Block block) {
        int last = block.at().line();
        for (Token line : block.body()) {
            if (!line.text().isBlank()) {
                last = line.line();
            }
        }
        return last;
    }
}
