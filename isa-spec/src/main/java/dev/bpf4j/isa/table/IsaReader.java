// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

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

/**
 * Reads the tables of an eBPF instruction set. The header lines that it knows:
 *
 * <pre>
 *   section  where the instructions are defined
 *   name     unique name, with {variable} parts
 *   opcode   expression: the opcode byte
 *   fields   dst src off imm [next], each FIELD:KIND or FIELD=EXPRESSION; next makes the instruction wide
 *   let      NAME = expression, for use in other lines
 *   text     NAME characters, for use in templates
 *   when     expression; rows for which it is 0 are left out
 *   do       one effect; several lines are done in order
 *   asm      how LLVM and the kernel write it
 *   conf     how the public conformance suite writes it; the first line is written, all are read
 *   group, since, doc
 * </pre>
 */
public final class IsaReader {
    private static final Set<String> KEYS = Set.of("section", "name", "opcode", "fields", "let", "text", "when", "do", "asm", "conf",
            "group",
            "since", "doc");
    private static final Map<String, OperandKind> KINDS = Map.of("r", OperandKind.REGISTER_READ, "w", OperandKind.REGISTER_WRITE, "s16",
            OperandKind.DISPLACEMENT, "target", OperandKind.TARGET, "any", OperandKind.ANY, "helper", OperandKind.HELPER, "kfunc",
            OperandKind.KFUNC,
            "map", OperandKind.MAP, "variable", OperandKind.VARIABLE);

    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, Position> names = new HashMap<>();
    private final List<Position> places = new ArrayList<>();

    private IsaReader() {
    }

    /**
     * Reads and checks tables.
     *
     * @param files name of each file and its text, in the order of the instructions
     * @return the instructions in order
     * @throws dev.bpf4j.isa.SourceException at the first thing that is wrong, with its place
     */
    public static List<Instruction> read(Map<String, String> files) {
        IsaReader reader = new IsaReader();
        files.forEach((file, text) -> Expansion.of(TableReader.read(file, text)).forEach(reader::instruction));
        IsaChecks.overlaps(reader.instructions, reader.places);
        return List.copyOf(reader.instructions);
    }

    private void instruction(Expansion row) {
        row.keys().stream().filter(key -> !KEYS.contains(key.value())).findFirst().ifPresent(key -> {
            throw key.position().error("unknown line '" + key.value() + "'; known are " + KEYS.stream().sorted().toList());
        });
        String name = row.fill(row.required("name"));
        if (!TableReader.isName(name)) {
            throw row.at().error("'" + name + "' cannot be an instruction's name");
        }
        Position earlier = names.put(name, row.at());
        if (earlier != null) {
            throw row.at().error("instruction '" + name + "' stands twice; first at " + earlier.file() + ":" + earlier.line());
        }
        long opcode = row.number(row.required("opcode"));
        if (opcode < 0 || opcode > 255) {
            throw row.required("opcode").position().error("an opcode has 8 bits, not the value " + opcode);
        }
        Map<FieldName, Operand> fields = fields(row, row.required("fields"));
        boolean wide = fields.containsKey(FieldName.NEXT);
        Elaborator elaborator = new Elaborator(row);
        List<Effect> effects = row.bodies("do").stream().map(elaborator::effect).toList();
        Instruction instruction = new Instruction(instructions.size(), name, (int) opcode, field(row, fields, FieldName.DST),
                field(row, fields, FieldName.SRC), field(row, fields, FieldName.OFF), field(row, fields, FieldName.IMM),
                fields.getOrDefault(FieldName.NEXT, Operand.fixed(0)), wide, effects, row.body("asm").map(asm -> syntax(row, asm)).orElse(
                        Syntax.NONE),
                row.bodies("conf").stream().map(conf -> syntax(row, conf)).toList(), cell(row, "group"),
                cell(row, "since"), cell(row, "section"), cell(row, "doc"));
        IsaChecks.check(instruction, row.at());
        instructions.add(instruction);
        places.add(row.at());
    }

    private static Operand field(Expansion row, Map<FieldName, Operand> fields, FieldName name) {
        Operand operand = fields.get(name);
        if (operand == null) {
            throw row.required("fields").position().error("field '" + name.name().toLowerCase(Locale.ROOT) + "' is missing");
        }
        return operand;
    }

    /** A line of free text, or the column of the same name. */
    private static String cell(Expansion row, String key) {
        return row.body(key).map(row::fill).orElseGet(() -> {
            String raw = row.raw(key);
            if (raw == null) {
                throw row.at().error("table '" + row.tableName() + "' has neither a line nor a column '" + key + "'");
            }
            return row.fill(new Text(row.at(), raw));
        });
    }

    private static Map<FieldName, Operand> fields(Expansion row, Text line) {
        Map<FieldName, Operand> fields = new EnumMap<>(FieldName.class);
        int column = 0;
        String text = line.value();
        while (column < text.length()) {
            int end = column;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            if (end > column) {
                field(row, new Text(line.position().plus(column), text.substring(column, end)), fields);
            }
            column = end + 1;
        }
        return fields;
    }

    private static void field(Expansion row, Text item, Map<FieldName, Operand> fields) {
        String text = item.value();
        int split = Math.max(text.indexOf(':'), text.indexOf('='));
        if (split < 0) {
            throw item.position().error("expected FIELD:KIND or FIELD=VALUE");
        }
        FieldName name = fieldName(item, text.substring(0, split));
        Text value = new Text(item.position().plus(split + 1), text.substring(split + 1));
        Operand operand = text.charAt(split) == '=' ? Operand.fixed((int) row.number(value)) : Operand.of(kind(value));
        if (fields.put(name, operand) != null) {
            throw item.position().error("this field stands twice");
        }
    }

    private static FieldName fieldName(Text item, String text) {
        for (FieldName name : FieldName.values()) {
            if (name.name().toLowerCase(Locale.ROOT).equals(text)) {
                return name;
            }
        }
        throw item.position().error("'" + text + "' is no field: dst, src, off, imm or next");
    }

    private static OperandKind kind(Text text) {
        OperandKind kind = KINDS.get(text.value());
        if (kind == null) {
            throw text.position().error("'" + text.value() + "' is no kind of field; known are " + KINDS.keySet().stream().sorted()
                    .toList());
        }
        return kind;
    }

    private static Syntax syntax(Expansion row, Text template) {
        String filled = row.fill(template);
        List<Syntax.Part> parts = new ArrayList<>();
        int from = 0;
        while (from < filled.length()) {
            int open = filled.indexOf('{', from);
            int close = open < 0 ? -1 : filled.indexOf('}', open);
            if (close < 0) {
                parts.add(new Syntax.Literal(filled.substring(from)));
                break;
            }
            if (open > from) {
                parts.add(new Syntax.Literal(filled.substring(from, open)));
            }
            parts.add(new Syntax.Slot(slot(template, filled.substring(open + 1, close))));
            from = close + 1;
        }
        return new Syntax(parts);
    }

    private static Syntax.SlotKind slot(Text template, String name) {
        for (Syntax.SlotKind kind : Syntax.SlotKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        throw template.position().error("'{" + name + "}' is neither a name of this table nor an operand");
    }
}
