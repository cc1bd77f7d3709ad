// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a text apart into sections and keys; knows nothing of what they mean. */
final class Lines {
    /** Longest text in characters. */
    static final int MAX_LENGTH = 64 << 20;
    private static final String CASE = "case";
    private static final String AFTER = "after";

    private final String source;
    private final String stem;
    private final List<Section> sections = new ArrayList<>();
    private List<String> comments = new ArrayList<>();
    private List<String> fileComments = new ArrayList<>();
    private @Nullable Token name;
    private List<String> nameComments = new ArrayList<>();
    private List<Block> blocks = new ArrayList<>();
    private Map<Block.Id, Integer> seen = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private @Nullable List<Token> body;

    private Lines(String source, String stem) {
        this.source = source;
        this.stem = stem;
    }

    /**
     * The sections of a text. The first one is what stands above the first case and may be empty; its name is the file's.
     *
     * @param source for messages
     * @param stem   name of the case in a file that names none
     */
    static List<Section> read(String source, String stem, String text) {
        Lines lines = new Lines(source, stem);
        if (text.length() > MAX_LENGTH) {
            throw new Token(source, 1, 1, "", "").error("a .bpft file has at most " + MAX_LENGTH + " characters, this one has " + text
                    .length());
        }
        int number = 0;
        for (String line : text.split("\n", -1)) {
            String whole = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            lines.line(new Token(source, ++number, 1, whole, whole));
        }
        lines.finish();
        return lines.sections;
    }

    private void line(Token line) {
        String text = line.text();
        boolean indented = !text.isEmpty() && Character.isWhitespace(text.charAt(0));
        if (text.isBlank()) {
            if (body != null) {
                body.add(line);
            }
        } else if (indented) {
            if (body == null) {
                throw line.strip().error("an indented line belongs to a key above it; there is none");
            }
            body.add(line);
        } else if (text.startsWith("#")) {
            comments.add(text.substring(1).strip());
        } else if (text.equals(CASE) || text.startsWith(CASE + " ")) {
            startCase(line);
        } else {
            key(line);
        }
    }

    private void startCase(Token line) {
        List<Token> words = line.words();
        if (words.size() != 2) {
            throw line.error("expected 'case NAME', the name without blanks");
        }
        finish();
        Token at = words.get(1);
        Integer earlier = names.put(at.text(), at.line());
        if (earlier != null) {
            throw at.error("case '" + at.text() + "' stands twice; first in line " + earlier);
        }
        name = at;
        nameComments = comments;
        comments = new ArrayList<>();
    }

    private void key(Token line) {
        int colon = line.text().indexOf(':');
        if (colon < 0) {
            throw line.error("expected 'case NAME', 'KEY: value' or a comment that starts with '#'");
        }
        Token at = line.part(0, colon);
        List<Token> words = at.words();
        Optional<Key> known = words.isEmpty() ? Optional.empty() : Key.of(words.getFirst().text());
        if (known.isEmpty()) {
            throw line.error("unknown key '" + at.text() + "'; known are " + String.join(", ", Key.words()));
        }
        Key key = known.get();
        boolean after = words.size() > 1 && words.getLast().text().equals(AFTER) && key.hasAfter();
        int arguments = words.size() - 1 - (after ? 1 : 0);
        if (!key.allowsArguments(arguments)) {
            throw at.error("this key is written '" + key.usage() + "'");
        }
        List<Token> lines = new ArrayList<>();
        Block block = new Block(at, key, arguments == 1 ? words.get(1).text() : "", after, line.part(colon + 1, line.text().length()),
                lines);
        Integer earlier = seen.put(block.id(), line.line());
        if (earlier != null) {
            throw at.error("'" + at.text() + "' stands twice; first in line " + earlier);
        }
        if (name == null && blocks.isEmpty()) {
            fileComments = comments;
        }
        comments = new ArrayList<>();
        blocks.add(block);
        body = lines;
    }

    private void finish() {
        if (name != null) {
            sections.add(new Section(name, List.copyOf(nameComments), blocks));
        } else {
            sections.add(new Section(new Token(source, 1, 1, "", stem), List.copyOf(fileComments), blocks));
        }
        blocks = new ArrayList<>();
        seen = new HashMap<>();
        body = null;
    }
}
