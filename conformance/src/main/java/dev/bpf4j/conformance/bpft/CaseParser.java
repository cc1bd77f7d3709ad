// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.Ends;
import dev.bpf4j.conformance.bpft.BpftCase.Entry;
import dev.bpf4j.conformance.bpft.BpftCase.Expectation;
import dev.bpf4j.conformance.bpft.BpftCase.MemoryKind;
import dev.bpf4j.conformance.bpft.BpftCase.Scope;
import dev.bpf4j.conformance.bpft.BpftCase.Setup;
import dev.bpf4j.conformance.bpft.BpftCase.Start;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gives the keys of a section their meaning. */
final class CaseParser {
    private static final int MAX_FRAMES = 1024;

    private final Token name;
    private final List<String> comments;
    private final Map<Block.Id, Block> blocks = new LinkedHashMap<>();
    private final List<Program> programs;

    /** @param defaults what holds for all cases of the file; a case's own keys replace them */
    CaseParser(Section section, @Nullable Section defaults) {
        this.name = section.name();
        this.comments = section.comments();
        if (defaults != null) {
            defaults.blocks().forEach(block -> blocks.put(block.id(), block));
        }
        section.blocks().forEach(block -> add(block, section));
        this.programs = new ProgramParser(name, blocks.values()).programs();
    }

    /** A case's own key replaces the file's, and what it excludes. */
    private void add(Block block, Section section) {
        Key rival = rival(block.key());
        if (rival != null) {
            Block.Id other = new Block.Id(rival, block.argument(), block.after());
            if (section.blocks().stream().anyMatch(own -> own.id().equals(other))) {
                throw block.at().error("'" + block.key().word() + "' and '" + rival.word() + "' exclude each other");
            }
            blocks.remove(other);
        }
        blocks.put(block.id(), block);
    }

    private static @Nullable Key rival(Key key) {
        return switch (key) {
            case PROGRAM -> Key.CODE;
            case CODE -> Key.PROGRAM;
            case EXPECT -> Key.REJECT;
            case REJECT -> Key.EXPECT;
            case CONTEXT -> Key.MEMORY;
            case MEMORY -> Key.CONTEXT;
            case ORDER, TYPE, POLICY, HELPERS, BUDGET, FRAMES, TAIL_CALLS, MAY_GOTO, ARENA, FUNCTIONS, UNRESOLVED, VARIABLE, KFUNC, MAP,
                    ENTRIES, PACKET, REGISTERS, ONLY, EXCEPT, GOLDEN -> null;
        };
    }

    BpftCase parse() {
        return new BpftCase(name.text(), comments, programs, setup(), start(), expectation(), scope(), goldens());
    }

    private @Nullable Block find(Key key, boolean after) {
        return blocks.get(new Block.Id(key, "", after));
    }

    private List<Block> all(Key key, boolean after) {
        return blocks.values().stream().filter(block -> block.key() == key && block.after() == after).toList();
    }

    // ---- the machine ----

    private Setup setup() {
        Map<String, Long> variables = new HashMap<>();
        for (Block block : all(Key.VARIABLE, false)) {
            List<Token> words = words(block, 3, "NAME = ADDRESS");
            variables.put(words.get(0).text(), Values.number(words.get(2)));
        }
        Block arena = find(Key.ARENA, false);
        long high = arena == null ? 0 : Values.number(single(arena));
        if (arena != null && (high & GuestLayout.ADDRESS_MASK) != 0) {
            throw single(arena).error("the low half of the arena's address must be 0");
        }
        Block helpers = find(Key.HELPERS, false);
        return new Setup(policies(), limits(), helpers == null ? Helpers.LINUX : constant(single(helpers), Helpers.class), high, variables);
    }

    private List<Policy> policies() {
        Block block = find(Key.POLICY, false);
        if (block == null) {
            return List.of(Policy.STRICT);
        }
        List<Policy> policies = block.words().stream().map(word -> constant(word, Policy.class)).distinct().toList();
        if (policies.isEmpty()) {
            throw block.at().error("expected strict, sandbox, or both");
        }
        return policies;
    }

    private Limits limits() {
        Limits standard = Limits.DEFAULT;
        return new Limits(limit(Key.BUDGET, standard.budget(), 0, Long.MAX_VALUE), (int) limit(Key.FRAMES, standard.frames(), 1,
                MAX_FRAMES),
                (int) limit(Key.TAIL_CALLS, standard.tailCalls(), 0, Integer.MAX_VALUE), limit(Key.MAY_GOTO, standard.mayGoto(), 0,
                        Long.MAX_VALUE));
    }

    private long limit(Key key, long otherwise, long least, long most) {
        Block block = find(key, false);
        if (block == null) {
            return otherwise;
        }
        long value = Values.number(single(block));
        if (value < least || value > most) {
            throw single(block).error("expected a number from " + least + " to " + most);
        }
        return value;
    }

    // ---- the start ----

    private Start start() {
        Block context = find(Key.CONTEXT, false);
        Block memory = find(Key.MEMORY, false);
        Block given = context != null ? context : memory;
        byte[] bytes = given == null ? new byte[0] : Values.bytes(given.words(), GuestLayout.CONTEXT_MAX);
        Block packet = find(Key.PACKET, false);
        Block registers = find(Key.REGISTERS, false);
        return new Start(context != null ? MemoryKind.CONTEXT : MemoryKind.MEMORY, bytes, packet == null ? new byte[0] : packet(packet),
                registers == null ? new TreeMap<>() : Values.registers(registers.words()), entries(false));
    }

    private static byte[] packet(Block block) {
        return Values.bytes(block.words(), GuestLayout.PACKET_BUFFER_MAX - 2 * GuestLayout.PACKET_HEADROOM);
    }

    private Map<String, List<Entry>> entries(boolean after) {
        Map<String, List<Entry>> all = new LinkedHashMap<>();
        for (Block block : all(Key.ENTRIES, after)) {
            boolean declared = blocks.containsKey(new Block.Id(Key.MAP, block.argument(), false));
            if (!declared) {
                throw block.at().error("there is no 'map " + block.argument() + ":'");
            }
            all.put(block.argument(), block.lines().stream().map(this::entry).toList());
        }
        return all;
    }

    private Entry entry(Token line) {
        int equals = line.text().indexOf('=');
        if (equals < 0) {
            throw line.error("expected KEY = VALUE in hexadecimal bytes, or KEY = program NAME");
        }
        byte[] key = Values.bytes(line.part(0, equals).words(), 4098);
        List<Token> value = line.part(equals + 1, line.text().length()).words();
        if (value.size() == 2 && value.getFirst().text().equals(Key.PROGRAM.word())) {
            position(value.get(1));
            return new BpftCase.ProgramEntry(key, value.get(1).text());
        }
        return new BpftCase.ValueEntry(key, Values.bytes(value, GuestLayout.CONTEXT_MAX));
    }

    /** The position of the program with a name. */
    private int position(Token program) {
        for (int i = 0; i < programs.size(); i++) {
            if (programs.get(i).name().equals(program.text())) {
                return i;
            }
        }
        throw program.error("there is no 'program " + program.text() + ":'");
    }

    // ---- the end ----

    private Expectation expectation() {
        Block expect = find(Key.EXPECT, false);
        Block reject = find(Key.REJECT, false);
        if (reject != null) {
            String reason = String.join(" ", reject.lines().stream().map(Token::text).toList());
            if (reason.isEmpty()) {
                throw reject.at().error("expected a part of the reason for the rejection");
            }
            blocks.values().stream().filter(Block::after).findFirst().ifPresent(block -> {
                throw block.at().error("a program that is rejected leaves nothing behind");
            });
            return new BpftCase.Rejected(reason);
        }
        if (expect == null) {
            throw name.error("the case '" + name.text() + "' has neither 'expect:' nor 'reject:'");
        }
        Block registers = find(Key.REGISTERS, true);
        Block memory = find(Key.MEMORY, true) != null ? find(Key.MEMORY, true) : find(Key.CONTEXT, true);
        Block packet = find(Key.PACKET, true);
        return new Ends(outcome(expect), registers == null ? new TreeMap<>() : Values.registers(registers.words()), memory == null
                ? Optional.empty()
                : Optional.of(Values.bytes(memory.words(), GuestLayout.CONTEXT_MAX)), packet == null ? Optional.empty()
                        : Optional.of(packet(
                                packet)), entries(true));
    }

    private Outcome outcome(Block block) {
        List<Token> words = block.words();
        String how = words.isEmpty() ? "" : words.getFirst().text();
        if (how.equals("returned") && words.size() == 2) {
            return new Outcome.Returned(Values.number(words.get(1)));
        }
        if (how.equals("fault") && words.size() >= 3) {
            return fault(words);
        }
        throw block.at().error(
                "expected 'returned NUMBER' or 'fault KIND pc=NUMBER [address=NUMBER] [size=NUMBER] [write] [program=NAME]'");
    }

    private Outcome fault(List<Token> words) {
        FaultKind kind = constant(words.get(1), FaultKind.class);
        int pc = -1;
        long address = 0;
        int size = 0;
        boolean write = false;
        int program = 0;
        for (Token word : words.subList(2, words.size())) {
            int equals = word.text().indexOf('=');
            Token value = word.part(equals + 1, word.text().length());
            switch (equals < 0 ? word.text() : word.text().substring(0, equals + 1)) {
                case "pc=" -> pc = Values.number(value, 0, Integer.MAX_VALUE);
                case "address=" -> address = Values.number(value);
                case "size=" -> size = Values.number(value, 0, Integer.MAX_VALUE);
                case "program=" -> program = position(value);
                case "write" -> write = true;
                default -> throw word.error("expected pc=, address=, size=, program= or write");
            }
        }
        if (pc < 0) {
            throw words.get(1).error("the fault's pc is missing");
        }
        return new Outcome.Fault(kind, program, pc, address, size, write, "");
    }

    // ---- who it is for ----

    private Scope scope() {
        Block only = find(Key.ONLY, false);
        Map<String, String> except = new LinkedHashMap<>();
        for (Block block : all(Key.EXCEPT, false)) {
            String reason = String.join(" ", block.lines().stream().map(Token::text).toList());
            if (reason.isEmpty()) {
                throw block.at().error("an exception needs a reason");
            }
            except.put(block.argument(), reason);
        }
        return new Scope(only == null ? List.of() : only.words().stream().map(Token::text).toList(), except);
    }

    private Map<String, List<String>> goldens() {
        Map<String, List<String>> goldens = new LinkedHashMap<>();
        for (Block block : all(Key.GOLDEN, false)) {
            goldens.put(block.argument(), block.body().stream().map(Token::text).toList());
        }
        goldens.replaceAll((key, lines) -> GoldenListing.normalise(lines));
        return goldens;
    }

    // ---- values ----

    static Token single(Block block) {
        List<Token> words = block.words();
        if (words.size() != 1) {
            throw block.at().error("expected one word behind '" + block.at().text() + ":', found " + words.size());
        }
        return words.getFirst();
    }

    static List<Token> words(Block block, int count, String form) {
        List<Token> words = block.words();
        if (words.size() != count) {
            throw block.at().error("expected '" + block.at().text() + ": " + form + "'");
        }
        return words;
    }

    /** The constant that is written so, in lower case, or in upper case as faults are. */
    static <E extends Enum<E>> E constant(Token word, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(word.text())) {
                return constant;
            }
            names.add(type == FaultKind.class ? constant.name() : constant.name().toLowerCase(Locale.ROOT));
        }
        throw word.error("'" + word.text() + "' is none of " + String.join(", ", names));
    }
}
