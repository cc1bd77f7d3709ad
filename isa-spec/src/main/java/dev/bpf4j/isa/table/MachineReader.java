// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.machine.Kind;
import dev.bpf4j.isa.machine.MachineEncoding;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.isa.machine.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the table of a backend's machine instructions. The header lines that it knows, besides {@code let} and {@code text}:
 *
 * <pre>
 *   manual    where the vendor describes the instructions
 *   name      unique name, with {variable} parts
 *   operands  SLOT:KIND …, in the order of the text
 *   encoding  in the vendor's notation
 *   when      expression; rows for which it is 0 are left out
 *   asm       the text, with {slot} for the operands
 *   effect    what it does
 *   feature   the CPU feature that it needs, or base
 * </pre>
 */
public final class MachineReader {
    private static final Set<String> KEYS = Set.of("manual", "name", "operands", "encoding", "when", "asm", "effect", "feature");

    private final Architecture architecture;
    private final Map<String, Slot> slots = new HashMap<>();
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, MachineForm> byName = new HashMap<>();
    private final List<MachineForm> forms = new ArrayList<>();

    private MachineReader(Architecture architecture) {
        this.architecture = architecture;
        architecture.slots().forEach(slot -> slots.put(slot.word(), slot));
        architecture.kinds().forEach(kind -> kinds.put(kind.name().toLowerCase(Locale.ROOT), kind));
    }

    /**
     * Reads and checks a table.
     *
     * @param architecture whose table it is
     * @param file         name of the file, for messages
     * @param text         its text
     * @return the forms in order
     * @throws dev.bpf4j.isa.SourceException at the first thing that is wrong, with its place
     */
    public static List<MachineForm> read(Architecture architecture, String file, String text) {
        MachineReader reader = new MachineReader(architecture);
        Budget budget = new Budget();
        for (Table table : TableReader.read(file, text)) {
            checkKeys(table, KEYS);
            for (Expansion row : Expansion.of(table, budget)) {
                reader.form(row);
            }
        }
        return List.copyOf(reader.forms);
    }

    /** Refuses header lines that nobody reads. */
    static void checkKeys(Table table, Set<String> keys) {
        for (Map.Entry<String, List<Table.Header>> lines : table.headers().entrySet()) {
            if (!keys.contains(lines.getKey())) {
                Text key = lines.getValue().getFirst().key();
                throw key.position().error("unknown line '" + key + "'; known are let, text, " + String.join(", ", new TreeSet<>(keys)));
            }
        }
    }

    private void form(Expansion row) {
        String name = row.fill(row.required("name"));
        if (!Names.isName(name)) {
            throw row.at().error("'" + name + "' cannot be the name of a form");
        }
        MachineForm earlier = byName.get(name);
        if (earlier != null) {
            throw row.at().error("form '" + name + "' stands twice; first at " + earlier.place());
        }
        List<Operand> operands = operands(row);
        MachineEncoding encoding = encoding(row);
        MachineForm form = new MachineForm(name, operands, encoding, text(row, operands), row.fill(row.required("effect")), row.fill(row
                .required("feature")), row.fill(row.required("manual")), row.at().shown());
        try {
            encoding.check(operands, form.feature());
        } catch (IllegalArgumentException e) {
            throw row.required("encoding").position().error(String.valueOf(e.getMessage()));
        }
        byName.put(name, form);
        forms.add(form);
    }

    private List<Operand> operands(Expansion row) {
        Text line = row.required("operands");
        List<Operand> operands = new ArrayList<>();
        for (String item : row.fill(line).strip().split(" +")) {
            if (item.isEmpty()) {
                continue;
            }
            int colon = item.indexOf(':');
            Slot slot = this.slots.get(item.substring(0, Math.max(colon, 0)));
            Kind kind = kinds.get(item.substring(colon + 1));
            if (slot == null || kind == null) {
                throw line.position().error("'" + item + "' is no operand; expected SLOT:KIND with a slot of " + new TreeSet<>(
                        this.slots.keySet()) + " and a kind of " + new TreeSet<>(kinds.keySet()));
            }
            if (slots(operands).contains(slot)) {
                throw line.position().error("slot '" + slot.word() + "' stands twice");
            }
            operands.add(new Operand(slot, kind));
        }
        return operands;
    }

    private static Set<Slot> slots(List<Operand> operands) {
        Set<Slot> slots = new HashSet<>();
        operands.forEach(operand -> slots.add(operand.slot()));
        return slots;
    }

    private MachineEncoding encoding(Expansion row) {
        Text line = row.required("encoding");
        try {
            return architecture.encoding(row.fill(line));
        } catch (IllegalArgumentException e) {
            throw line.position().error(String.valueOf(e.getMessage()));
        }
    }

    private String text(Expansion row, List<Operand> operands) {
        Set<Slot> open = slots(operands);
        StringBuilder text = new StringBuilder();
        Text line = row.required("asm");
        row.fill(line, new Template.Sink() {
            @Override
            public void literal(String characters) {
                text.append(characters);
            }

            @Override
            public void unknown(Text name) {
                Slot slot = slots.get(name.value());
                if (slot == null || !open.remove(slot)) {
                    throw name.position().error("'" + name + "' is neither a name of this table nor an operand that has not been written");
                }
                text.append('{').append(name.value()).append('}');
            }
        });
        if (!open.isEmpty()) {
            throw line.position().error("this text does not show " + open.stream().map(Slot::word).sorted().toList());
        }
        return text.toString();
    }
}
