// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Instruction.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One text being assembled: lines, labels, slots.
 *
 * <p>
 * Listings are read too, since people have them at hand. What stands in front of an instruction there is taken off: the slot's number
 * ({@code 3:}), the kernel's opcode ({@code (b7)}) or llvm-objdump's bytes; so is llvm-objdump's target behind it ({@code <LBB0_2>}), and its
 * {@code <name>:} in front of a function is a label. Opcode and bytes decide between instructions that are written alike ({@link AsmListed}).
 */
final class AsmSource {
    private static final String EXIT = "exit";
    private static final int SLOT = 8;

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
        int from = 0;
        while (from <= text.length()) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            line(++number, text.substring(from, to).stripTrailing());
            from = to + 1;
        }
        List<Insn> insns = new ArrayList<>();
        for (Item item : items) {
            insns.add(resolve(item));
        }
        return insns;
    }

    private void line(int number, String line) {
        List<AsmToken> tokens = AsmToken.split(stripComment(line));
        int from = 0;
        boolean listing = false;
        while (isAt(tokens, from + 1, ":") && (tokens.get(from).isWord() || tokens.get(from).isNumber())) {
            if (tokens.get(from).isWord()) {
                define(number, line, tokens.get(from));
            } else {
                listing = true;
            }
            from += 2;
        }
        if (isAt(tokens, from + 1, "<") && isAt(tokens, from + 3, ">") && isAt(tokens, from + 4, ":")) {
            define(number, line, tokens.get(from + 2));
            from += 5;
        }
        AsmListed listed = listing ? listed(tokens, from) : AsmListed.NOTHING;
        from += listed.bytes().length == 1 ? 3 : listed.bytes().length;
        if (from < tokens.size()) {
            instruction(number, line, withoutTarget(tokens.subList(from, tokens.size())), listed);
        }
    }

    private static boolean isAt(List<AsmToken> tokens, int index, String text) {
        return index < tokens.size() && tokens.get(index).is(text);
    }

    /** The opcode in parentheses, or the bytes of one or two slots. */
    private static AsmListed listed(List<AsmToken> tokens, int from) {
        int to = from;
        if (isAt(tokens, from, "(") && isAt(tokens, from + 2, ")") && tokens.get(from + 1).isByte()) {
            return new AsmListed(HexFormat.of().parseHex(tokens.get(from + 1).text()));
        }
        while (to < tokens.size() && to - from < 2 * SLOT && tokens.get(to).isByte()) {
            to++;
        }
        StringBuilder digits = new StringBuilder();
        for (AsmToken token : tokens.subList(from, from + (to - from) / SLOT * SLOT)) {
            digits.append(token.text());
        }
        return new AsmListed(HexFormat.of().parseHex(digits));
    }

    /** The tokens without a {@code <name>} at their end. */
    private static List<AsmToken> withoutTarget(List<AsmToken> tokens) {
        int end = tokens.size();
        if (tokens.get(end - 1).is(">")) {
            for (int i = end - 2; i > 0; i--) {
                if (tokens.get(i).is("<")) {
                    return tokens.subList(0, i);
                }
            }
        }
        return tokens;
    }

    private void define(int number, String line, AsmToken label) {
        if (labels.putIfAbsent(label.text(), slot) != null) {
            throw error(number, line, label.column(), "label '" + label.text() + "' stands twice");
        }
    }

    private void instruction(int number, String line, List<AsmToken> tokens, AsmListed listed) {
        AsmMatcher match = switch (assembler.match(tokens, dialect, listed)) {
            case Assembler.Matched(AsmMatcher matcher) -> matcher;
            case Assembler.Unmatched(int reached, String reason) -> throw error(number, line, reached < tokens.size() ? tokens.get(reached)
                    .column() : tokens.getLast().column() + tokens.getLast().text().length(), reason);
        };
        if (match.problem() != null) {
            throw error(number, line, match.problemColumn(), match.problem());
        }
        if (dialect == Dialect.CONFORMANCE && match.instruction().name().equals(EXIT)) {
            labels.putIfAbsent(EXIT, slot);
        }
        items.add(new Item(match, slot, number, line));
        slot += match.instruction().wide() ? 2 : 1;
    }

    /** A line up to its comment. Behind a character, {@code #} is part of the kernel's {@code call name#1} unless the dialect has no such. */
    private String stripComment(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean attached = dialect == Dialect.LLVM && i > 0 && !Character.isWhitespace(line.charAt(i - 1));
            if (c == ';' || c == '/' && line.startsWith("//", i) || c == '#' && !attached) {
                return line.substring(0, i);
            }
        }
        return line;
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
