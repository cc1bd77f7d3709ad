// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.Ends;
import dev.bpf4j.conformance.bpft.BpftCase.Entry;
import dev.bpf4j.conformance.bpft.BpftCase.MemoryKind;
import dev.bpf4j.conformance.bpft.BpftCase.ProgramEntry;
import dev.bpf4j.conformance.bpft.BpftCase.Rejected;
import dev.bpf4j.conformance.bpft.BpftCase.Start;
import dev.bpf4j.conformance.bpft.BpftCase.ValueEntry;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Writes cases as text; what it writes, {@link BpftFile#parse} reads back as an equal case. */
public final class BpftWriter {
    private static final Assembler ASSEMBLER = new Assembler(Isa.bpf());
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final int BYTES_PER_LINE = 32;

    private final StringBuilder text = new StringBuilder();

    private BpftWriter() {
    }

    /** A file of one case, which does not name it: its name is the file's. */
    public static String write(BpftCase testCase) {
        BpftWriter writer = new BpftWriter();
        writer.comments(testCase);
        writer.body(testCase);
        return writer.text.toString();
    }

    /** A file of cases with names. */
    public static String write(List<BpftCase> cases) {
        BpftWriter writer = new BpftWriter();
        for (BpftCase testCase : cases) {
            writer.text.append(writer.text.isEmpty() ? "" : "\n");
            writer.comments(testCase);
            writer.text.append("case ").append(testCase.name()).append('\n');
            writer.body(testCase);
        }
        return writer.text.toString();
    }

    private void comments(BpftCase testCase) {
        testCase.comments().forEach(comment -> text.append(comment.isEmpty() ? "#" : "# ").append(comment).append('\n'));
    }

    private void body(BpftCase testCase) {
        setup(testCase);
        refers(testCase.program());
        for (Program program : testCase.programs()) {
            program(program);
        }
        start(testCase.start());
        expectation(testCase);
        BpftCase.Scope scope = testCase.scope();
        if (!scope.only().isEmpty()) {
            key(Key.ONLY, "", String.join(" ", scope.only()));
        }
        new TreeMap<>(scope.except()).forEach((engine, reason) -> key(Key.EXCEPT, engine, reason));
        new TreeMap<>(testCase.goldens()).forEach((name, lines) -> {
            key(Key.GOLDEN, name, "");
            lines.forEach(this::indented);
        });
    }

    private void key(Key key, String argument, String value) {
        text.append(key.word()).append(argument.isEmpty() ? "" : " " + argument).append(value.isEmpty() ? ":" : ": ").append(value).append(
                '\n');
    }

    private void indented(String line) {
        text.append(line.isEmpty() ? "" : "  ").append(line).append('\n');
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String hex(long value) {
        return value >= 0 && value < 10 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }

    private void setup(BpftCase testCase) {
        BpftCase.Setup setup = testCase.setup();
        Program program = testCase.program();
        if (program.order() == ByteOrder.BIG_ENDIAN) {
            key(Key.ORDER, "", "big");
        }
        if (program.type() != ProgramType.RAW) {
            key(Key.TYPE, "", word(program.type()));
        }
        if (!setup.policies().equals(BpftCase.Setup.DEFAULT.policies())) {
            key(Key.POLICY, "", String.join(" ", setup.policies().stream().map(BpftWriter::word).toList()));
        }
        if (setup.helpers() != Helpers.LINUX) {
            key(Key.HELPERS, "", word(setup.helpers()));
        }
        Limits limits = setup.limits();
        limit(Key.BUDGET, limits.budget(), Limits.DEFAULT.budget());
        limit(Key.FRAMES, limits.frames(), Limits.DEFAULT.frames());
        limit(Key.TAIL_CALLS, limits.tailCalls(), Limits.DEFAULT.tailCalls());
        limit(Key.MAY_GOTO, limits.mayGoto(), Limits.DEFAULT.mayGoto());
        if (setup.arenaHigh() != 0) {
            key(Key.ARENA, "", hex(setup.arenaHigh()));
        }
        new TreeMap<>(program.variables()).forEach((id, name) -> key(Key.VARIABLE, Integer.toString(id), name + " = " + hex(setup
                .variables()
                .getOrDefault(name, 0L))));
    }

    private void limit(Key key, long value, long standard) {
        if (value != standard) {
            key(key, "", Long.toString(value));
        }
    }

    private void refers(Program program) {
        for (MapDefinition map : program.maps()) {
            key(Key.MAP, map.name(), MapContents.typeName(map.type()) + " key=" + map.keySize() + " value=" + map.valueSize() + " max="
                    + map
                            .maxEntries() + (map.flags() == 0 ? "" : " flags=" + hex(map.flags())));
        }
        new TreeMap<>(program.kfuncs()).forEach((id, name) -> key(Key.KFUNC, Integer.toString(id), name));
        new TreeMap<>(program.poisoned()).forEach((slot, reason) -> key(Key.UNRESOLVED, Integer.toString(slot), reason));
    }

    /** As assembly if that gives the same bytes again, else as bytes. */
    private void program(Program program) {
        StringBuilder listing = new StringBuilder();
        Disassembler.list(DECODER, program.code(), program.order()).forEach(line -> listing.append("  ").append(line.text()).append('\n'));
        if (assembles(listing.toString(), program)) {
            key(Key.PROGRAM, program.name(), "");
            text.append(listing);
        } else {
            key(Key.CODE, program.name(), "");
            for (int slot = 0; slot * 8 < program.code().length; slot++) {
                indented(Values.hex(Arrays.copyOfRange(program.code(), slot * 8, Math.min(slot * 8 + 8, program.code().length))));
            }
        }
        if (!program.functions().isEmpty()) {
            key(Key.FUNCTIONS, program.name(), String.join(" ", program.functions().stream().map(f -> Integer.toString(f.slot()))
                    .toList()));
        }
    }

    private static boolean assembles(String listing, Program program) {
        try {
            return Arrays.equals(ASSEMBLER.assemble(program.name(), listing, program.order()), program.code());
        } catch (SourceException e) {
            return false;
        }
    }

    private void start(Start start) {
        if (start.memory().length > 0 || start.kind() == MemoryKind.CONTEXT) {
            bytes(start.kind() == MemoryKind.CONTEXT ? "context:" : "memory:", start.memory());
        }
        byte[] packet = start.packet();
        if (packet.length > 0) {
            bytes("packet:", packet);
        }
        if (!start.registers().isEmpty()) {
            text.append("registers: ").append(registers(start.registers())).append('\n');
        }
        entries(start.entries(), "");
    }

    private void expectation(BpftCase testCase) {
        switch (testCase.expectation()) {
            case Rejected(String reason) -> key(Key.REJECT, "", reason);
            case Ends ends -> {
                key(Key.EXPECT, "", outcome(testCase, ends.outcome()));
                if (!ends.registers().isEmpty()) {
                    text.append("registers after: ").append(registers(ends.registers())).append('\n');
                }
                ends.memory().ifPresent(memory -> bytes("memory after:", memory));
                ends.packet().ifPresent(packet -> bytes("packet after:", packet));
                entries(ends.entries(), " after");
            }
        }
    }

    private static String outcome(BpftCase testCase, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned(long r0) -> "returned " + hex(r0);
            case Outcome.Fault fault -> "fault " + fault.kind() + " pc=" + fault.pc() + (fault.address() == 0 ? ""
                    : " address=" + hex(fault
                            .address())) + (fault.size() == 0 ? "" : " size=" + fault.size()) + (fault.write() ? " write" : "") + (fault
                                    .program() == 0
                                            ? ""
                                            : " program=" + testCase.programs().get(fault.program()).name());
        };
    }

    private static String registers(Map<Integer, Long> registers) {
        StringJoiner words = new StringJoiner(" ");
        registers.forEach((register, value) -> words.add("r" + register + "=" + hex(value)));
        return words.toString();
    }

    private void bytes(String key, byte[] bytes) {
        text.append(key).append(bytes.length <= BYTES_PER_LINE && bytes.length > 0 ? " " + Values.hex(bytes) : "").append('\n');
        for (int from = 0; bytes.length > BYTES_PER_LINE && from < bytes.length; from += BYTES_PER_LINE) {
            indented(Values.hex(Arrays.copyOfRange(bytes, from, Math.min(from + BYTES_PER_LINE, bytes.length))));
        }
    }

    private void entries(Map<String, List<Entry>> entries, String after) {
        new TreeMap<>(entries).forEach((map, list) -> {
            text.append(Key.ENTRIES.word()).append(' ').append(map).append(after).append(":\n");
            list.forEach(entry -> indented(Values.hex(entry.key()) + " = " + switch (entry) {
                case ValueEntry(byte[] key, byte[] value) -> Values.hexRuns(value);
                case ProgramEntry(byte[] key, String program) -> "program " + program;
            }));
        });
    }
}
