// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Instruction.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One text being assembled: lines, labels, slots. Listings of the kernel are read too ({@code 3: (b7) r0 = 1}). */
final class AsmSource {
    private static final String EXIT = "exit";

    private final Assembler assembler;
    private final String name;
    private final Dialect dialect;
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Item> items = new ArrayList<>();
    private int slot;

    private record Item(AsmMatcher match, int slot, int number, String line) {}

    AsmSource(Assembler assembler, String name, Dialect dialect) {
        this.assembler = assembler;
        this.name = name;
        this.dialect = dialect;
    }

    List<Insn> parse(String text) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            line(++number, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        List<Insn> insns = new ArrayList<>();
        for (Item item : items) {
            insns.add(resolve(item));
        }
        return insns;
    }

    private void line(int number, String line) {
        List<AsmToken> tokens = new ArrayList<>(AsmToken.split(stripComment(line)));
        while (tokens.size() >= 2 && tokens.get(1).text().equals(":")) {
            if (tokens.get(0).isWord() && labels.putIfAbsent(tokens.get(0).text(), slot) != null) {
                throw error(number, line, tokens.get(0).column(), "label '" + tokens.get(0).text() + "' stands twice");
            }
            boolean listing = tokens.get(0).isNumber();
            tokens.subList(0, 2).clear();
            if (listing && tokens.size() >= 3 && tokens.get(0).text().equals("(") && tokens.get(2).text().equals(")")) {
                tokens.subList(0, 3).clear();
            }
        }
        if (tokens.isEmpty()) {
            return;
        }
        AsmMatcher match = assembler.match(tokens, dialect);
        if (match == null) {
            throw error(number, line, tokens.getFirst().column(), "this is no instruction of the dialect " + dialect.name().toLowerCase(
                    java.util.Locale.ROOT));
        }
        if (match.problem() != null) {
            throw error(number, line, match.problemColumn(), match.problem());
        }
        if (dialect == Dialect.CONFORMANCE && match.instruction().name().equals(EXIT)) {
            labels.putIfAbsent(EXIT, slot);
        }
        items.add(new Item(match, slot, number, line));
        slot += match.instruction().wide() ? 2 : 1;
    }

    private static String stripComment(String line) {
        int end = line.length();
        for (String mark : List.of(";", "#", "//")) {
            int at = line.indexOf(mark);
            if (at >= 0 && at < end) {
                end = at;
            }
        }
        return line.substring(0, end);
    }

    private Insn resolve(Item item) {
        AsmToken label = item.match().label();
        if (label == null) {
            return item.match().insn(0);
        }
        Integer target = labels.get(label.text());
        if (target == null) {
            throw error(item.number(), item.line(), label.column(), "there is no label '" + label.text() + "'");
        }
        int distance = target - item.slot() - 1;
        if (item.match().instruction().targetField() == FieldName.OFF && !Bits.fitsSigned(distance, 16)) {
            throw error(item.number(), item.line(), label.column(), "label '" + label.text() + "' is " + distance
                    + " slots away, more than 16 bits can hold");
        }
        return item.match().insn(distance);
    }

    private SourceException error(int number, String line, int column, String message) {
        return new Diagnostic(name, number, column + 1, line, message).exception();
    }
}
