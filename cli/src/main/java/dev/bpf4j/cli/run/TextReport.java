// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.TextTable;
import dev.bpf4j.loader.btf.BtfValue;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.map.BpfMap;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What came of a run, for people. */
final class TextReport {
    /** Bytes of a packet or memory that are shown. */
    private static final int MOST_BYTES = 4096;

    private final PrintWriter out;
    private final Report report;

    TextReport(PrintWriter out, Report report) {
        this.out = out;
        this.report = report;
    }

    void print() {
        Tally first = report.runner().tallies().getFirst();
        out.println(Printable.line(report.setup().program().name() + " (" + first.type().name().toLowerCase(Locale.ROOT) + ") on " + report
                .input() + ", engine " + String.join(", ", report.runner().tallies().stream().map(Tally::engine).toList())));
        result(first);
        timers(first);
        faults(first);
        times();
        comparison();
        if (report.out() != null) {
            out.println(Printable.line(Printable.count(report.written(), "packet") + " written to " + report.out()));
        }
        if (report.withMaps()) {
            maps();
        }
    }

    private void result(Tally tally) {
        Observation last = tally.last();
        Observation single = tally.runs() == 1 ? last : null;
        if (single != null && single.outcome() instanceof Outcome.Returned(long r0)) {
            out.println("  r0 = 0x" + Long.toHexString(r0) + " (" + r0 + ")" + (Verdict.has(tally.type()) ? ": " + Verdict.name(tally
                    .type(), r0)
                    : ""));
        } else if (single == null) {
            TextTable table = new TextTable("", " ");
            tally.verdicts().forEach(table::row);
            table.print(out, "  ");
        }
        if (tally.changed() > 0) {
            String what = Printable.count(tally.runs(), report.setup().context().packet() ? "packet" : "run");
            out.println(single != null ? "  changed:" : "  changed " + tally.changed() + " of " + what);
        }
        if (single != null && tally.changed() > 0) {
            bytes(single.bytes());
        }
    }

    private void timers(Tally tally) {
        if (report.runner().waiting() > 0) {
            int pending = report.guests().getFirst().pendingTimers();
            out.println("  waited " + report.runner().waiting() + " ns: " + Printable.count(tally.rang(), "timer") + " ran" + (pending == 0
                    ? ""
                    : ", " + pending + " still set"));
        }
    }

    private void bytes(byte[] bytes) {
        int shown = Math.min(bytes.length, MOST_BYTES);
        for (int at = 0; at < shown; at += 16) {
            out.println(String.format("    %04x  %s", at, HexFormat.ofDelimiter(" ").formatHex(bytes, at, Math.min(shown, at + 16))));
        }
        if (shown < bytes.length) {
            out.println("    and " + (bytes.length - shown) + " bytes more");
        }
    }

    private void faults(Tally tally) {
        for (Tally.Faulted faulted : tally.faults()) {
            Outcome.Fault fault = faulted.fault();
            FaultPlace place = faulted.text();
            String access = fault.size() == 0 ? "" : (fault.write() ? ", writing " : ", reading ") + Printable.count(fault.size(), "byte");
            out.println(Printable.line("  " + (faulted.run() == 0 ? "timer" : "run " + faulted.run()) + ": " + fault.kind() + access
                    + (fault.kind().addressed()
                            ? " at address 0x" + Long.toHexString(fault.address())
                            : "") + (fault.detail().isEmpty() ? "" : ": " + fault.detail())));
            out.println(Printable.line("    " + place.program() + (place.function().equals(place.program()) ? ""
                    : ", function " + place
                            .function()) + ", pc " + fault.pc() + ": " + place.instruction()));
            if (!place.source().isEmpty()) {
                out.println(Printable.line("    " + place.source()));
            }
        }
        long more = tally.faulted() + tally.timerFaults() - tally.faults().size();
        if (more > 0) {
            out.println("  and " + Printable.count(more, "fault") + " more");
        }
    }

    private void times() {
        for (Tally tally : report.runner().tallies()) {
            OptionalDouble nanos = tally.nanosPerRun();
            if (nanos.isPresent()) {
                out.println(String.format(Locale.ROOT, "  %.0f ns per run, median, engine %s", nanos.getAsDouble(), tally.engine()));
            }
        }
    }

    private void comparison() {
        Runner runner = report.runner();
        Disagreement found = runner.disagreement();
        if (found != null) {
            out.println("  engines disagree " + (found.run() == 0 ? "at the end" : "in run " + found.run()) + ": " + found
                    .difference().what());
            out.println(Printable.line("    " + found.first() + ": " + found.difference().first()));
            out.println(Printable.line("    " + found.second() + ": " + found.difference().second()));
        } else if (report.guests().size() > 1) {
            List<String> compared = IntStream.range(0, report.guests().size()).filter(i -> runner.retired(i) == null).mapToObj(i -> report
                    .guests().get(i).engine().name()).toList();
            boolean all = compared.size() == report.guests().size() && report.absent().isEmpty();
            out.println(all ? "  engines agree" : "  engines agree: " + String.join(", ", compared) + "; not compared to the end:");
        }
        report.absent().forEach((engine, reason) -> out.println(Printable.line("  engine " + engine + " was left out: " + reason.lines()
                .findFirst().orElse(""))));
        for (int i = 0; i < report.guests().size(); i++) {
            String reason = runner.retired(i);
            if (reason != null) {
                out.println(Printable.line("  engine " + report.guests().get(i).engine().name() + " was left out: " + reason));
            }
        }
    }

    private void maps() {
        Guest guest = report.guests().getFirst();
        MapNames names = new MapNames(guest.machine(), report.setup().file().object());
        for (MapContents contents : MapContents.of(guest.machine())) {
            BpfMap map = contents.map();
            out.println(Printable.line("map " + contents.name() + " (" + map.type() + "), " + Printable.number(contents.entries().size(),
                    "entry", "entries") + (contents.zeros() == 0 ? "" : ", " + contents.zeros() + " more zero")));
            if (names.global(map)) {
                variables(contents, names);
            } else {
                contents.entries().forEach(entry -> entry(map, entry, names));
            }
        }
    }

    private void variables(MapContents contents, MapNames names) {
        for (MapContents.Entry entry : contents.entries()) {
            if (names.value(contents.map(), entry.value()) instanceof BtfValue.Fields(List<BtfValue.Field> fields)) {
                fields.forEach(field -> out.println(Printable.line("  " + field.name() + " = " + field.value())));
            } else {
                bytes(entry.value());
            }
        }
    }

    private void entry(BpfMap map, MapContents.Entry entry, MapNames names) {
        String key = text(names.key(map, entry.key()), entry.key());
        String value = text(names.value(map, entry.value()), entry.value());
        out.println(Printable.line(entry.key().length == 0 ? "  " + value : "  " + key + ": " + value));
    }

    private static String text(@Nullable BtfValue meaning, byte[] bytes) {
        return meaning == null ? HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES))) : meaning.toString();
    }
}
