// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import dev.bpf4j.cli.Printable;
import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.helper.HelperTable;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A program as text: one instruction per line, labels where jumps and calls go, and what the instruction cannot say itself (names of maps and
 * helpers, source lines) as comments. Immutable.
 */
public final class Listing {
    private static final int SLOT = 8;
    /** Where comments start, in columns. */
    private static final int COMMENT = 44;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_.][A-Za-z0-9_.]*");

    private final Program program;
    private final HelperTable helpers;
    private final SourceText sources;
    private final Map<Integer, Insn> insns = new TreeMap<>();
    private final Map<Integer, String> rejected = new TreeMap<>();
    private final Map<Integer, String> labels = new TreeMap<>();
    private final Map<Integer, Program.Line> lines = new HashMap<>();

    private Listing(Program program, HelperTable helpers, SourceText sources) {
        this.program = program;
        this.helpers = helpers;
        this.sources = sources;
        decode();
        label();
        program.lines().forEach(line -> lines.put(line.slot(), line));
    }

    /** The listing of a program; slots that are no instruction are shown with the reason. */
    public static Listing of(Program program, SourceText sources) {
        return new Listing(program, HelperTable.linux(), sources);
    }

    private void decode() {
        Decoder decoder = new Decoder(Isa.bpf());
        for (int slot = 0; slot < program.slots(); slot++) {
            switch (decoder.decode(program.code(), slot, program.order())) {
                case Decoder.Decoded(Insn insn) -> {
                    insns.put(slot, insn);
                    slot += insn.slots() - 1;
                }
                case Decoder.Rejected(String reason) -> rejected.put(slot, reason);
            }
        }
    }

    private void label() {
        for (Program.Function function : program.functions()) {
            String name = function.name();
            boolean usable = WORD.matcher(name).matches() && !labels.containsValue(name);
            labels.putIfAbsent(function.slot(), usable ? name : "F" + function.slot());
        }
        insns.forEach((slot, insn) -> {
            long target = target(slot, insn);
            if (insns.containsKey((int) target)) {
                labels.putIfAbsent((int) target, "L" + target);
            }
        });
    }

    /** The slot that an instruction refers to; -1 if it refers to none or to one outside. */
    private long target(int slot, Insn insn) {
        long target = insn.instruction().targetField() == null ? -1 : slot + 1L + insn.distance();
        return target < program.slots() ? target : -1;
    }

    /** The instruction at a slot, without comments; {@code .quad} and the reason if it is none. */
    public String instruction(int slot) {
        Insn insn = insns.get(slot);
        if (insn == null) {
            return ".quad 0x" + HexFormat.of().formatHex(program.code(), slot * SLOT, slot * SLOT + SLOT);
        }
        return Disassembler.print(insn, Dialect.LLVM, labels.get((int) target(slot, insn)));
    }

    /** What an instruction refers to by number: a map, a helper, a kernel function; or why it cannot run. Empty if there is nothing to say. */
    public String meaning(int slot) {
        String poison = program.poisoned().get(slot);
        if (poison != null) {
            return "unresolved: " + poison;
        }
        Insn insn = insns.get(slot);
        if (insn == null) {
            return rejected.getOrDefault(slot, "");
        }
        OperandKind kind = insn.instruction().operand(FieldName.IMM).kind();
        return switch (kind) {
            case MAP -> map(insn);
            case HELPER -> helper(insn.imm());
            case KFUNC -> program.kfuncs().getOrDefault(insn.imm(), "");
            case VARIABLE -> program.variables().getOrDefault(insn.imm(), "");
            case FIXED, REGISTER_READ, REGISTER_WRITE, DISPLACEMENT, TARGET, ANY -> "";
        };
    }

    private String map(Insn insn) {
        if (insn.imm() < 0 || insn.imm() >= program.maps().size()) {
            return "";
        }
        String name = program.maps().get(insn.imm()).name();
        return insn.instruction().operand(FieldName.NEXT).isFixed() ? name : name + " + " + insn.next();
    }

    private String helper(int number) {
        Helper helper = helpers.find(number);
        if (helper != null) {
            return helper.name();
        }
        String described = HelperTable.describe(Integer.toUnsignedLong(number));
        return described.contains("(") ? described : "";
    }

    /** The source line that the instruction at a slot belongs to, as {@code file:line: text}; empty if the object does not say. */
    public String source(int slot) {
        Program.Line found = null;
        for (Program.Line line : program.lines()) {
            if (line.slot() > slot) {
                break;
            }
            found = line;
        }
        return found == null ? "" : print(found);
    }

    /** The file without its directories. */
    private String print(Program.Line line) {
        String file = line.file().substring(line.file().lastIndexOf('/') + 1);
        String place = line.line() == 0 ? file : file + ":" + line.line();
        String text = sources.of(line);
        return text.isEmpty() ? place : place + ": " + text;
    }

    /**
     * Prints the whole program.
     *
     * @param bytes whether to show the encoding of each instruction
     */
    public void print(PrintWriter out, boolean bytes) {
        String shown = "";
        for (int slot = 0; slot < program.slots(); slot++) {
            if (labels.containsKey(slot)) {
                out.println(labels.get(slot) + ":");
            }
            Program.Line line = lines.get(slot);
            String source = line == null ? shown : print(line);
            if (!source.equals(shown)) {
                out.println("; " + Printable.line(source));
                shown = source;
            }
            Insn insn = insns.get(slot);
            int slots = insn == null ? 1 : insn.slots();
            out.println(line(slot, slots, bytes));
            slot += slots - 1;
        }
    }

    private String line(int slot, int slots, boolean bytes) {
        StringBuilder text = new StringBuilder(String.format("%5d: %s", slot, instruction(slot)));
        String meaning = meaning(slot);
        String encoding = bytes ? HexFormat.ofDelimiter(" ").formatHex(program.code(), slot * SLOT, (slot + slots) * SLOT) : "";
        String comment = encoding + (encoding.isEmpty() || meaning.isEmpty() ? "" : "  ") + meaning;
        if (!comment.isEmpty()) {
            text.repeat(' ', Math.max(1, COMMENT - text.length())).append("; ").append(Printable.line(comment));
        }
        return text.toString();
    }
}
