// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Syntax;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the tables of an eBPF instruction set. The header lines that it knows, besides {@code let} and {@code text}:
 *
 * <pre>
 *   section  where the instructions are defined
 *   name     unique name, with {variable} parts
 *   opcode   expression: the opcode byte
 *   fields   dst src off imm [next], each FIELD:KIND or FIELD=EXPRESSION; next makes the instruction wide
 *   when     expression; rows for which it is 0 are left out
 *   do       one effect; several lines are done in order
 *   asm      how LLVM and the kernel write it; the first line is written, all are read
 *   conf     how the public conformance suite writes it, likewise
 *   group, since, doc
 * </pre>
 */
public final class IsaReader {
    private static final Set<String> KEYS = Set.of("section", "name", "opcode", "fields", "when", "do", "asm", "conf", "group", "since",
            "doc");
    private static final Map<String, FieldName> FIELDS = Names.of(FieldName.values());
    private static final Map<String, Syntax.SlotKind> SLOTS = Names.of(Syntax.SlotKind.values());
    private static final Map<String, OperandKind> REGISTERS = Map.of("r", OperandKind.REGISTER_READ, "w", OperandKind.REGISTER_WRITE);
    private static final Map<String, OperandKind> DISTANCES = Map.of("s16", OperandKind.DISPLACEMENT, "target", OperandKind.TARGET);
    private static final Map<String, OperandKind> IMMEDIATES = Map.of("any", OperandKind.ANY, "target", OperandKind.TARGET, "helper",
            OperandKind.HELPER, "kfunc", OperandKind.KFUNC, "map", OperandKind.MAP, "variable", OperandKind.VARIABLE);

    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, Instruction> byName = new HashMap<>();
    private final List<List<Instruction>> byOpcode = new ArrayList<>();

    private IsaReader(List<Instruction> base) {
        for (int opcode = 0; opcode < 256; opcode++) {
            byOpcode.add(new ArrayList<>());
        }
        for (Instruction instruction : base) {
            add(instruction);
        }
    }

    /**
     * Reads and checks tables.
     *
     * @param base  instructions that were read before; they come first and keep their indices
     * @param files name of each file and its text, in the order of the instructions
     * @return the instructions in order
     * @throws dev.bpf4j.isa.SourceException at the first thing that is wrong, with its place
     */
    public static List<Instruction> read(List<Instruction> base, Map<String, String> files) {
        IsaReader reader = new IsaReader(base);
        Budget budget = new Budget();
        for (Map.Entry<String, String> file : files.entrySet()) {
            for (Table table : TableReader.read(file.getKey(), file.getValue())) {
                checkKeys(table);
                for (Expansion row : Expansion.of(table, budget)) {
                    reader.instruction(row);
                }
            }
        }
        return List.copyOf(reader.instructions);
    }

    private void add(Instruction instruction) {
        instructions.add(instruction);
        byName.put(instruction.name(), instruction);
        byOpcode.get(instruction.opcode()).add(instruction);
    }

    private static void checkKeys(Table table) {
        for (Map.Entry<String, List<Table.Header>> lines : table.headers().entrySet()) {
            if (!KEYS.contains(lines.getKey())) {
                Text key = lines.getValue().getFirst().key();
                throw key.position().error("unknown line '" + key + "'; known are let, text, " + listed(KEYS));
            }
        }
    }

    private static String listed(Set<String> words) {
        return String.join(", ", new TreeSet<>(words));
    }

    private void instruction(Expansion row) {
        String name = row.fill(row.required("name"));
        if (!Names.isName(name)) {
            throw row.at().error("'" + name + "' cannot be an instruction's name");
        }
        Instruction earlier = byName.get(name);
        if (earlier != null) {
            throw row.at().error("instruction '" + name + "' stands twice; first at " + earlier.place());
        }
        Text opcodeLine = row.required("opcode");
        long opcode = row.number(opcodeLine);
        if (!Bits.fitsUnsigned(opcode, 8)) {
            throw opcodeLine.position().error("an opcode has 8 bits, not the value " + opcode);
        }
        Map<FieldName, Operand> fields = fields(row, row.required("fields"));
        Elaborator elaborator = new Elaborator(row);
        List<Effect> effects = new ArrayList<>();
        for (Text line : row.bodies("do")) {
            effects.add(elaborator.effect(line));
        }
        Instruction instruction = new Instruction(instructions.size(), name, (int) opcode, fields, effects, syntaxes(row, "asm", fields),
                syntaxes(row, "conf", fields), origin(row));
        IsaChecks.check(instruction, row.at());
        IsaChecks.overlaps(instruction, byOpcode.get((int) opcode), row.at());
        add(instruction);
    }

    private static Instruction.Origin origin(Expansion row) {
        return new Instruction.Origin(cell(row, "group"), cell(row, "since"), cell(row, "section"), cell(row, "doc"), row.at().shown());
    }

    private static String lower(FieldName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** A line of free text, or the column of the same name. */
    private static String cell(Expansion row, String key) {
        Text line = row.body(key);
        Text text = line == null ? row.raw(key) : line;
        if (text == null) {
            throw row.at().error("table '" + row.tableName() + "' has neither a line nor a column '" + key + "'");
        }
        return row.fill(text);
    }

    private static Map<FieldName, Operand> fields(Expansion row, Text line) {
        Map<FieldName, Operand> fields = new EnumMap<>(FieldName.class);
        for (Text item : line.words()) {
            String text = item.value();
            int split = Math.max(text.indexOf(':'), text.indexOf('='));
            if (split < 0) {
                throw item.position().error("expected FIELD:KIND or FIELD=VALUE");
            }
            FieldName name = FIELDS.get(text.substring(0, split));
            if (name == null) {
                throw item.position().error("'" + text.substring(0, split) + "' is no field: dst, src, off, imm or next");
            }
            Text value = item.part(split + 1, text.length());
            Operand operand = text.charAt(split) == '=' ? fixed(row, name, value) : Operand.of(kind(name, value));
            if (fields.put(name, operand) != null) {
                throw item.position().error("this field stands twice");
            }
        }
        for (FieldName name : FieldName.values()) {
            if (name != FieldName.NEXT && !fields.containsKey(name)) {
                throw line.position().error("field '" + lower(name) + "' is missing");
            }
        }
        return fields;
    }

    private static Operand fixed(Expansion row, FieldName name, Text text) {
        long value = row.number(text);
        boolean fits = switch (name) {
            case DST, SRC -> Bits.fitsUnsigned(value, 4);
            case OFF -> Bits.fitsSigned(value, 16);
            case IMM, NEXT -> Bits.fitsSigned(value, 32) || Bits.fitsUnsigned(value, 32);
        };
        if (!fits) {
            throw text.position().error("the value " + value + " does not fit into field '" + lower(name) + "'");
        }
        return Operand.fixed((int) value);
    }

    private static OperandKind kind(FieldName name, Text text) {
        Map<String, OperandKind> kinds = switch (name) {
            case DST, SRC -> REGISTERS;
            case OFF -> DISTANCES;
            case IMM, NEXT -> IMMEDIATES;
        };
        OperandKind kind = kinds.get(text.value());
        if (kind == null) {
            throw text.position().error("'" + text + "' is no kind of field '" + lower(name) + "'; known are " + listed(kinds.keySet()));
        }
        return kind;
    }

    /** How the instruction is written; the first line must show all that leaves a choice, what another one leaves out is 0. */
    private static List<Syntax> syntaxes(Expansion row, String key, Map<FieldName, Operand> fields) {
        List<Syntax> syntaxes = new ArrayList<>();
        for (Text line : row.bodies(key)) {
            SyntaxSink sink = new SyntaxSink();
            row.fill(line, sink);
            Syntax syntax = sink.syntax();
            if (syntaxes.isEmpty() && sink.readOnly) {
                throw line.position().error("the first line '" + key + "' is the one that is written, so it cannot hold '{word}'");
            }
            for (Map.Entry<FieldName, Operand> field : fields.entrySet()) {
                boolean written = syntax.fields().contains(field.getKey());
                boolean fixed = field.getValue().isFixed();
                if (written && fixed || !written && !fixed && syntaxes.isEmpty()) {
                    throw line.position().error("this line " + (fixed ? "writes" : "does not write") + " field '" + lower(field.getKey())
                            + "', which " + (fixed ? "is fixed" : "leaves a choice"));
                }
            }
            syntaxes.add(syntax);
        }
        return syntaxes;
    }

    /** Collects the parts of a syntax; literals that meet become one. */
    private static final class SyntaxSink implements Template.Sink {
        private final List<Syntax.Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private boolean readOnly;

        @Override
        public void literal(String characters) {
            literal.append(characters);
        }

        @Override
        public void unknown(Text name) {
            Syntax.SlotKind kind = SLOTS.get(name.value());
            if (kind == null) {
                throw name.position().error("'" + name + "' is neither a name of this table nor an operand; operands are " + listed(SLOTS
                        .keySet()));
            }
            flush();
            readOnly |= kind == Syntax.SlotKind.WORD;
            parts.add(new Syntax.Slot(kind));
        }

        private void flush() {
            if (!literal.isEmpty()) {
                parts.add(new Syntax.Literal(literal.toString()));
                literal.setLength(0);
            }
        }

        Syntax syntax() {
            flush();
            return new Syntax(parts);
        }
    }
}
