// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.Program.Function;
import dev.bpf4j.runtime.ProgramType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The programs of a case, and the maps that they share. */
final class ProgramParser {
    /** Most bytes of a program in hexadecimal; more slots than an engine takes, so that this can be tested too. */
    private static final int MAX_CODE = 9 << 20;
    private static final Assembler ASSEMBLER = new Assembler(Isa.bpf());

    private final Token caseName;
    private final Collection<Block> blocks;

    ProgramParser(Token caseName, Collection<Block> blocks) {
        this.caseName = caseName;
        this.blocks = blocks;
    }

    /** All programs, the one without a name first. */
    List<Program> programs() {
        List<MapDefinition> maps = new ArrayList<>();
        Map<Integer, String> variables = new HashMap<>();
        Map<Integer, String> kfuncs = new HashMap<>();
        for (Block block : blocks) {
            switch (block.key()) {
                case MAP -> maps.add(map(block));
                case VARIABLE -> variables.put(id(block), CaseParser.words(block, 3, "NAME = ADDRESS").getFirst().text());
                case KFUNC -> kfuncs.put(id(block), CaseParser.single(block).text());
                case ORDER, TYPE, POLICY, HELPERS, BUDGET, FRAMES, TAIL_CALLS, MAY_GOTO, ARENA, PROGRAM, CODE, FUNCTIONS, UNRESOLVED,
                        ENTRIES, MEMORY, CONTEXT, PACKET, REGISTERS, EXPECT, REJECT, ONLY, EXCEPT, GOLDEN -> {
                    // not about what programs refer to
                }
            }
        }
        List<Program> programs = new ArrayList<>();
        for (Block block : blocks) {
            if (block.key() == Key.PROGRAM || block.key() == Key.CODE) {
                Program program = new Program(block.argument(), type(), "", order(), code(block), functions(block.argument()), maps,
                        variables, kfuncs, block.argument().isEmpty() ? unresolved() : Map.of(), List.of(), "GPL");
                programs.add(block.argument().isEmpty() ? 0 : programs.size(), program);
            }
        }
        if (programs.isEmpty() || !programs.getFirst().name().isEmpty()) {
            throw caseName.error("the case '" + caseName.text() + "' has no 'program:' and no 'code:'");
        }
        return programs;
    }

    private static int id(Block block) {
        int start = block.at().text().indexOf(block.argument(), block.key().word().length());
        return Values.number(block.at().part(start, start + block.argument().length()), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private byte[] code(Block block) {
        if (block.key() == Key.CODE) {
            return Values.bytes(block.words(), MAX_CODE);
        }
        // as many empty lines in front as the file has lines above, so that messages show the place in the file
        StringBuilder text = new StringBuilder("\n".repeat(block.value().line() - 1));
        text.append(" ".repeat(block.value().column() - 1)).append(block.value().text());
        int line = block.value().line();
        for (Token below : block.body()) {
            text.append("\n".repeat(below.line() - line)).append(below.text());
            line = below.line();
        }
        return ASSEMBLER.assemble(block.at().source(), text.toString(), order());
    }

    private ByteOrder order() {
        for (Block block : blocks) {
            if (block.key() == Key.ORDER) {
                Token word = CaseParser.single(block);
                return switch (word.text()) {
                    case "little" -> ByteOrder.LITTLE_ENDIAN;
                    case "big" -> ByteOrder.BIG_ENDIAN;
                    default -> throw word.error("expected little or big");
                };
            }
        }
        return ByteOrder.LITTLE_ENDIAN;
    }

    private ProgramType type() {
        for (Block block : blocks) {
            if (block.key() == Key.TYPE) {
                return CaseParser.constant(CaseParser.single(block), ProgramType.class);
            }
        }
        return ProgramType.RAW;
    }

    private List<Function> functions(String program) {
        List<Function> functions = new ArrayList<>();
        for (Block block : blocks) {
            if (block.key() == Key.FUNCTIONS && block.argument().equals(program)) {
                for (Token word : block.words()) {
                    functions.add(new Function("f" + word.text(), Values.number(word, 0, Integer.MAX_VALUE)));
                }
            }
        }
        return functions;
    }

    private Map<Integer, String> unresolved() {
        Map<Integer, String> poisoned = new HashMap<>();
        for (Block block : blocks) {
            if (block.key() == Key.UNRESOLVED) {
                poisoned.put(id(block), String.join(" ", block.lines().stream().map(Token::text).toList()));
            }
        }
        return poisoned;
    }

    /** {@code map NAME: TYPE key=4 value=8 max=1 [flags=0]}. */
    private MapDefinition map(Block block) {
        List<Token> words = block.words();
        if (words.isEmpty()) {
            throw block.at().error("expected '" + block.at().text() + ": TYPE key=BYTES value=BYTES max=ENTRIES [flags=NUMBER]'");
        }
        int type = MapContents.type(words.getFirst());
        Map<String, Integer> sizes = new HashMap<>(Map.of("key", 0, "value", 0, "max", 0, "flags", 0));
        for (Token word : words.subList(1, words.size())) {
            int equals = word.text().indexOf('=');
            String what = equals < 0 ? word.text() : word.text().substring(0, equals);
            if (equals < 0 || !sizes.containsKey(what)) {
                throw word.error("expected key=, value=, max= or flags=");
            }
            sizes.put(what, Values.number(word.part(equals + 1, word.text().length()), 0, Integer.MAX_VALUE));
        }
        return new MapDefinition(block.argument(), type, sizes.getOrDefault("key", 0), sizes.getOrDefault("value", 0), sizes.getOrDefault(
                "max", 0), sizes.getOrDefault("flags", 0), null, new byte[0], order());
    }
}
