// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys of a {@code .bpft} file: how they are written and what may stand between key and colon. */
enum Key {
    ORDER("order", Argument.NONE, false), TYPE("type", Argument.NONE, false), POLICY("policy", Argument.NONE, false), HELPERS("helpers",
            Argument.NONE, false), BUDGET("budget", Argument.NONE, false), FRAMES("frames", Argument.NONE, false), TAIL_CALLS("tail-calls",
                    Argument.NONE, false), MAY_GOTO("may-goto", Argument.NONE, false), ARENA("arena", Argument.NONE, false), PROGRAM(
                            "program", Argument.OPTIONAL, false), CODE("code", Argument.OPTIONAL, false), FUNCTIONS("functions",
                                    Argument.OPTIONAL, false), UNRESOLVED("unresolved", Argument.REQUIRED, false), VARIABLE("variable",
                                            Argument.REQUIRED, false), KFUNC("kfunc", Argument.REQUIRED, false), MAP("map",
                                                    Argument.REQUIRED, false), ENTRIES("entries", Argument.REQUIRED, true), MEMORY("memory",
                                                            Argument.NONE, true), CONTEXT("context", Argument.NONE, true), PACKET("packet",
                                                                    Argument.NONE, true), REGISTERS("registers", Argument.NONE,
                                                                            true), EXPECT("expect", Argument.NONE, false), REJECT("reject",
                                                                                    Argument.NONE, false), ONLY("only", Argument.NONE,
                                                                                            false), EXCEPT("except", Argument.REQUIRED,
                                                                                                    false), GOLDEN("golden",
                                                                                                            Argument.REQUIRED, false);

    private final String word;
    private final Argument argument;
    private final boolean hasAfter;

    /** Whether a name stands behind the key's word. */
    enum Argument {
        NONE, OPTIONAL, REQUIRED
    }

    Key(String word, Argument argument, boolean hasAfter) {
        this.word = word;
        this.argument = argument;
        this.hasAfter = hasAfter;
    }

    /** How it is written. */
    String word() {
        return word;
    }

    /** Whether it can say what must be so after the run. */
    boolean hasAfter() {
        return hasAfter;
    }

    /** Whether this many words may stand behind its own. */
    boolean allowsArguments(int count) {
        return switch (argument) {
            case NONE -> count == 0;
            case OPTIONAL -> count <= 1;
            case REQUIRED -> count == 1;
        };
    }

    /** What has to stand behind its word, for messages. */
    String usage() {
        String name = switch (argument) {
            case NONE -> "";
            case OPTIONAL -> " [NAME]";
            case REQUIRED -> " NAME";
        };
        return word + name + (hasAfter ? " [after]" : "") + ":";
    }

    /** The key that is written so. */
    static Optional<Key> of(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }

    /** All words. */
    static List<String> words() {
        return Arrays.stream(values()).map(Key::word).toList();
    }
}
