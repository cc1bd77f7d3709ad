// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.fuzz.generate.Statement;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Programs of any size, made of real ones: what loading and compiling is measured with. They are never run.
 *
 * <p>
 * Pieces are the programs of the corpus in turn, one copy after the other. References to maps are put right; everything else in eBPF code is
 * relative.
 */
final class LargePrograms {
    private static final int SLOT = 8;
    private static final int WIDE = 0x18;
    private static final int EXIT = 0x95;
    private static final int CALL = 0x85;
    private static final int LOCAL = 1;
    private static final int LAST_MAP_SOURCE = 2;
    /** {@code r6 = r1}, {@code r1 = r6}, {@code *(u64 *)(r10 - 512) = r1}, {@code r1 = *(u64 *)(r10 - 512)}, a jump. */
    private static final long KEEP = 0x16bfL;
    private static final long TAKE = 0x61bfL;
    private static final long SPILL = 0xfe00_1a7bL;
    private static final long FILL = 0xfe00_a179L;
    private static final int JUMP = 0x05;
    /** Pieces are at most this part of a program. */
    private static final int SHARE = 4;
    private static final int SMALLEST = 48;
    private static final Map<Statement, Integer> STRUCTURED = Map.ofEntries(Map.entry(Statement.COMPUTE, 110), Map.entry(Statement.CONSTANT,
            24), Map.entry(Statement.PAIR, 12), Map.entry(Statement.MEMORY, 28), Map.entry(Statement.ATOMIC, 18), Map.entry(
                    Statement.BRANCH, 24), Map.entry(Statement.LOOP, 4), Map.entry(Statement.MAY_GOTO, 2), Map.entry(Statement.GOTO, 3),
            Map.entry(Statement.CALL, 6), Map.entry(Statement.PACKET, 4));

    /** How pieces become a program. */
    enum Shape {
        /** Each piece with its functions, called by main: many functions. */
        FUNCTIONS,
        /** Pieces without calls one behind the other, all in main: one function. */
        ONE,
        /** Random structured code, in a few functions. */
        RANDOM
    }

    /** A program of the corpus, whose maps have numbers in the list of all. */
    private record Piece(List<Long> words, boolean calls) {
        int slots() {
            return words.size();
        }
    }

    private final List<Piece> pieces = new ArrayList<>();
    private final List<MapDefinition> maps = new ArrayList<>();

    private LargePrograms() throws LoadException {
        for (CorpusProgram one : Corpus.shipped().programs()) {
            Program program = one.load(Cpu.V3);
            if (program.poisoned().isEmpty() && program.kfuncs().isEmpty() && program.variables().isEmpty()) {
                pieces.add(piece(program, maps.size()));
                maps.addAll(program.maps());
            }
        }
    }

    private static Piece piece(Program program, int firstMap) {
        ByteBuffer code = ByteBuffer.wrap(program.code()).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> words = new ArrayList<>();
        boolean calls = false;
        while (code.hasRemaining()) {
            long word = code.getLong();
            int opcode = (int) word & 0xff;
            int src = (int) (word >> 12) & 0xf;
            calls |= opcode == CALL && src == LOCAL || opcode == WIDE && src > LAST_MAP_SOURCE;
            words.add(opcode == WIDE && src > 0 && src <= LAST_MAP_SOURCE ? word + ((long) firstMap << 32) : word);
            if (opcode == WIDE) {
                words.add(code.getLong());
            }
        }
        return new Piece(words, calls);
    }

    /**
     * A program of nearly so many slots, never more.
     *
     * @param slots at least 100
     */
    static Program of(Shape shape, int slots) throws LoadException {
        LargePrograms source = new LargePrograms();
        return switch (shape) {
            case FUNCTIONS -> source.functions(slots);
            case ONE -> source.one(slots);
            case RANDOM -> random(slots);
        };
    }

    /** The pieces in turn that fit. */
    private List<Piece> chosen(int slots, int glue, boolean calls) {
        List<Piece> chosen = new ArrayList<>();
        int left = slots;
        boolean any = true;
        while (any) {
            any = false;
            for (Piece piece : pieces) {
                int taken = piece.slots() + glue;
                if (taken <= left && piece.slots() <= Math.max(slots / SHARE, SMALLEST) && (calls || !piece.calls())) {
                    chosen.add(piece);
                    left -= taken;
                    any = true;
                }
            }
        }
        return chosen;
    }

    private Program functions(int slots) {
        List<Piece> chosen = chosen(slots - 2, 2, true);
        List<Long> words = new ArrayList<>(List.of(KEEP));
        int start = 2 + 2 * chosen.size();
        for (Piece piece : chosen) {
            words.add(TAKE);
            words.add((long) (start - words.size() - 1) << 32 | LOCAL << 12 | CALL);
            start += piece.slots();
        }
        words.add((long) EXIT);
        chosen.forEach(piece -> words.addAll(piece.words()));
        return program(words);
    }

    private Program one(int slots) {
        List<Long> words = new ArrayList<>(List.of(SPILL));
        for (Piece piece : chosen(slots - 2, 1, false)) {
            words.add(FILL);
            int end = words.size() + piece.slots();
            boolean second = false;
            for (long word : piece.words()) {
                boolean exits = !second && (word & 0xff) == EXIT;
                second = !second && (word & 0xff) == WIDE;
                words.add(exits ? (long) (end - words.size() - 1) << 16 | JUMP : word);
            }
        }
        words.add((long) EXIT);
        return program(words);
    }

    private Program program(List<Long> words) {
        ByteBuffer code = ByteBuffer.allocate(words.size() * SLOT).order(ByteOrder.LITTLE_ENDIAN);
        words.forEach(code::putLong);
        return Program.raw("large", ByteOrder.LITTLE_ENDIAN, code.array()).withType(ProgramType.XDP).withMaps(maps);
    }

    private static Program random(int slots) {
        Profile profile = new Profile("structured", slots * 3 / 4, 3, 128, 32, 0, false, false, STRUCTURED);
        GeneratedProgram generated = new GeneratedProgram();
        Entropy entropy = new Entropy();
        entropy.seed(1);
        new ProgramGenerator(profile).generate(entropy, generated);
        return Program.raw("random", ByteOrder.LITTLE_ENDIAN, generated.code());
    }
}
