// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.loader.btf.BtfValue;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a run, for programs; the fields are described in {@code docs/cli.md}. */
final class JsonReport {
    private static final HexFormat HEX = HexFormat.of();

    private final JsonOutput json;

    JsonReport(JsonOutput json) {
        this.json = json;
    }

    /** An element of {@code packets}, for {@code --each}. */
    void each(Setup setup, long run, Input input, Observation seen) {
        json.object(() -> {
            json.field("packet", run);
            switch (seen.outcome()) {
                case Outcome.Returned(long r0) -> {
                    json.field("r0", r0 & 0xffff_ffffL);
                    json.field("verdict", Verdict.name(setup.program().type(), r0));
                }
                case Outcome.Fault fault -> json.field("verdict", Tally.FAULT);
            }
            if (!Arrays.equals(input.bytes(), seen.bytes())) {
                json.field("out", HEX.formatHex(seen.bytes()));
            }
            if (!seen.effects().isEmpty()) {
                json.field("effects", seen.effects());
            }
            if (seen.metadata().length > 0) {
                json.field("metadata", HEX.formatHex(seen.metadata()));
            }
        });
    }

    /** The fields of the document. */
    void fields(Report report) {
        Runner runner = report.runner();
        json.field("object", report.setup().file().path().toString());
        json.field("program", report.setup().program().name());
        json.field("type", report.setup().program().type().name().toLowerCase(Locale.ROOT));
        json.field("policy", report.setup().settings().policy().name().toLowerCase(Locale.ROOT));
        json.field("input", report.input());
        if (report.out() != null) {
            json.field("out", report.out().toString());
            json.field("written", report.written());
        }
        engine(report, 0);
        json.array("others", () -> {
            for (int i = 1; i < report.guests().size(); i++) {
                int index = i;
                json.object(() -> engine(report, index));
            }
        });
        json.object("enginesLeftOut", () -> report.absent().forEach(json::field));
        disagreement(runner.disagreement());
        json.field("inputError", runner.broken());
        json.array("printed", () -> report.printed().forEach(json::value));
    }

    private void engine(Report report, int index) {
        Tally tally = report.runner().tallies().get(index);
        Observation last = tally.last();
        json.field("engine", tally.engine());
        json.field("runs", tally.runs());
        json.field("outcome", tally.faulted() > 0 ? "fault" : last == null ? "none" : "returned");
        json.field("r0", last != null && last.outcome() instanceof Outcome.Returned(long r0) ? "0x" + Long.toHexString(r0) : null);
        fault(tally);
        json.field("faults", tally.faulted());
        json.object("verdicts", () -> tally.verdicts().forEach((name, count) -> json.field(name, count)));
        if (report.runner().waiting() > 0) {
            json.field("timers", tally.rang());
            json.field("timerFaults", tally.timerFaults());
            json.field("timersSet", report.guests().get(index).pendingTimers());
        }
        json.field("changed", tally.changed());
        if (report.setup().context().packet()) {
            json.field("keptBytes", tally.keptBytes());
        }
        if (tally.runs() == 1 && last != null && tally.changed() > 0) {
            json.field("bytes", HEX.formatHex(last.bytes()));
        }
        if (tally.nanosPerRun().isPresent()) {
            json.field("nsPerRun", tally.nanosPerRun().getAsDouble());
        }
        if (report.runner().retired(index) != null) {
            json.field("leftOut", report.runner().retired(index));
        }
        maps(report, index);
    }

    private void fault(Tally tally) {
        if (tally.faults().isEmpty()) {
            json.name("fault");
            json.nothing();
            return;
        }
        Tally.Faulted first = tally.faults().getFirst();
        Outcome.Fault fault = first.fault();
        json.object("fault", () -> {
            json.field("run", first.run());
            json.field("kind", fault.kind().name());
            json.field("pc", fault.pc());
            json.field("address", "0x" + Long.toHexString(fault.address()));
            json.field("size", fault.size());
            json.field("write", fault.write());
            json.field("detail", fault.detail());
            json.field("program", first.text().program());
            json.field("function", first.text().function());
            json.field("instruction", first.text().instruction());
            json.field("source", first.text().source());
        });
    }

    private void disagreement(@Nullable Disagreement found) {
        if (found == null) {
            json.name("disagreement");
            json.nothing();
            return;
        }
        json.object("disagreement", () -> {
            json.field("run", found.run());
            json.field("what", found.difference().what());
            json.field(found.first(), found.difference().first());
            json.field(found.second(), found.difference().second());
        });
    }

    private void maps(Report report, int index) {
        Guest guest = report.guests().get(index);
        MapNames names = new MapNames(guest.machine(), report.setup().file().object());
        Map<String, Integer> seen = new HashMap<>();
        json.object("maps", () -> MapContents.of(guest.machine()).forEach(contents -> {
            int before = seen.merge(contents.name(), 1, Integer::sum);
            map(before == 1 ? contents.name() : contents.name() + "#" + before, contents, names);
        }));
    }

    private void map(String name, MapContents contents, MapNames names) {
        BpfMap map = contents.map();
        json.object(name, () -> {
            json.field("type", map.type().toString());
            json.field("keySize", map.definition().keySize());
            json.field("valueSize", map.definition().valueSize());
            json.field("maxEntries", map.definition().maxEntries() & 0xffff_ffffL);
            json.field("zeros", contents.zeros());
            json.array("entries", () -> contents.entries().forEach(entry -> json.object(() -> entry(map, entry, names))));
        });
    }

    private void entry(BpfMap map, MapContents.Entry entry, MapNames names) {
        List<byte[]> values = MapNames.perCpu(map, entry.value());
        json.field("key", HEX.formatHex(entry.key()));
        json.field("value", HEX.formatHex(values.getFirst()));
        if (values.size() > 1) {
            json.array("perCpu", () -> values.forEach(value -> json.value(HEX.formatHex(value))));
        }
        BtfValue key = names.key(map, entry.key());
        BtfValue value = names.value(map, entry.value());
        if (key != null) {
            json.name("keyFields");
            value(key);
        }
        if (value != null) {
            json.name(names.global(map) ? "variables" : "valueFields");
            value(value);
        }
    }

    private void value(BtfValue value) {
        switch (value) {
            case BtfValue.Numeral(var number) -> json.value(number);
            case BtfValue.Truth(boolean truth) -> json.value(truth);
            case BtfValue.Real(double number) -> json.value(Double.toString(number));
            case BtfValue.Items(List<BtfValue> items) -> json.array(() -> items.forEach(this::value));
            case BtfValue.Fields(List<BtfValue.Field> fields) -> json.object(() -> fields(fields, new HashMap<>()));
            case BtfValue.Text(String text) -> json.value(text);
            case BtfValue.Address address -> json.value(address.toString());
            case BtfValue.Named named -> json.value(named.toString());
            case BtfValue.Raw raw -> json.value(raw.toString());
        }
    }

    /** Members of members without a name count as members. */
    private void fields(List<BtfValue.Field> fields, Map<String, Integer> seen) {
        for (BtfValue.Field field : fields) {
            if (field.name().isEmpty() && field.value() instanceof BtfValue.Fields(List<BtfValue.Field> inner)) {
                fields(inner, seen);
            } else {
                int before = seen.merge(field.name(), 1, Integer::sum);
                json.name(before == 1 ? field.name() : field.name() + "#" + before);
                value(field.value());
            }
        }
    }
}
