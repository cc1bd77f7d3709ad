// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way to write an instruction, split into what a line's tokens are compared with. Immutable, but for what it keeps once it is used. */
final class AsmForm {
    private final Instruction instruction;
    private final Syntax syntax;
    private @Nullable List<Element> elements;

    /** What one token, or the few of an operand, must be. */
    sealed interface Element {
        /** This token. */
        record Fixed(String text) implements Element {}

        /** An operand. */
        record Operand(Syntax.SlotKind kind) implements Element {}
    }

    AsmForm(Instruction instruction, Syntax syntax) {
        this.instruction = instruction;
        this.syntax = syntax;
    }

    Instruction instruction() {
        return instruction;
    }

    /** The elements in order; split at the first use, because most programs use few instructions. Any thread gets equal lists. */
    List<Element> elements() {
        List<Element> known = elements;
        if (known == null) {
            known = split();
            elements = known;
        }
        return known;
    }

    private List<Element> split() {
        List<Element> split = new ArrayList<>();
        for (Syntax.Part part : syntax.parts()) {
            switch (part) {
                case Syntax.Literal(String text) -> AsmToken.split(text).forEach(token -> split.add(new Element.Fixed(token.text())));
                case Syntax.Slot(Syntax.SlotKind kind) -> split.add(new Element.Operand(kind));
            }
        }
        return List.copyOf(split);
    }

    /** Under which key an index keeps the form; a line with another {@link #key(AsmToken)} cannot match. */
    String key() {
        return switch (elements().getFirst()) {
            case Element.Fixed(String text) -> key(new AsmToken(text, 0));
            case Element.Operand(Syntax.SlotKind kind) -> kind == Syntax.SlotKind.WDST || kind == Syntax.SlotKind.WSRC ? "w" : "r";
        };
    }

    static String key(AsmToken first) {
        return first.register("r") >= 0 ? "r" : first.register("w") >= 0 ? "w" : first.text();
    }
}
