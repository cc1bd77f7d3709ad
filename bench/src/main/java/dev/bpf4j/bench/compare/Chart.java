// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A report as an SVG picture: a line for each contender, on it a dot for each program that only computes, at its ratio to the baseline, and a bar
 * at their geometric mean. The scale is logarithmic: half and twice the time are equally far from 1.
 */
public final class Chart {
    private static final int LEFT = 190;
    private static final int WIDTH = 640;
    private static final int RIGHT = 70;
    private static final int TOP = 46;
    private static final int LINE = 26;
    private static final int BOTTOM = 34;
    private static final double[] TICKS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

    private final Report report;
    private final List<String> names;
    private final double from;
    private final double to;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Report report) {
        this.report = report;
        this.names = report.contenders().stream().map(Report.Column::name).filter(name -> mean(report, name).isPresent()).toList();
        double[] all = computing(report).stream().flatMapToDouble(row -> names.stream().flatMapToDouble(name -> row.ratio(name).stream()))
                .toArray();
        double least = 1;
        double most = 1;
        for (double ratio : all) {
            least = Math.min(least, ratio);
            most = Math.max(most, ratio);
        }
        this.from = least / 1.15;
        this.to = most * 1.15;
    }

    /** The picture; without native code as baseline there are no ratios, and the picture says so. */
    public static String of(Report report) {
        return new Chart(report).draw();
    }

    private static List<Report.Row> computing(Report report) {
        return report.rows().stream().filter(Report.Row::counts).toList();
    }

    private static Optional<Report.Mean> mean(Report report, String contender) {
        return report.mean(Optional.empty(), contender, Report.Row::ratio);
    }

    private String draw() {
        int height = TOP + LINE * Math.max(1, names.size()) + BOTTOM;
        int width = LEFT + WIDTH + RIGHT;
        line(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">", width,
                height));
        line(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height));
        text(LEFT, 18, "start", "#222222", "Time as a multiple of that of native code by " + Report.BASELINE);
        text(LEFT, 34, "start", "#777777", "a dot is a program, a bar the geometric mean; the scale is logarithmic");
        if (names.isEmpty()) {
            text(LEFT, TOP + 16, "start", "#222222", "no native code was measured, so there are no ratios");
        } else {
            axis(height - BOTTOM);
            for (int i = 0; i < names.size(); i++) {
                contender(names.get(i), TOP + LINE * i + LINE / 2);
            }
        }
        line("</svg>");
        return svg.toString();
    }

    private void axis(int bottom) {
        for (double tick : TICKS) {
            if (tick >= from && tick <= to) {
                line(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>", x(tick), TOP, x(tick),
                        bottom, tick == 1
                                ? "#777777"
                                : "#dddddd"));
                text(x(tick), bottom + 16, "middle", "#777777", tick < 1 ? Double.toString(tick) : Integer.toString((int) tick));
            }
        }
    }

    private void contender(String name, int y) {
        text(LEFT - 10, y + 4, "end", "#222222", name);
        for (Report.Row row : computing(report)) {
            OptionalDouble ratio = row.ratio(name);
            if (ratio.isPresent()) {
                line(String.format(Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%d\" r=\"3.5\" fill=\"#3b6fb6\" fill-opacity=\"0.45\"><title>%s: %s</title></circle>", x(
                                ratio
                                        .getAsDouble()), y, escaped(row.program()), figure(ratio.getAsDouble())));
            }
        }
        Report.Mean mean = mean(report, name).orElseThrow();
        line(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%d\" width=\"3\" height=\"18\" fill=\"#b3261e\"/>", x(mean.value()) - 1.5, y
                - 9));
        String part = mean.programs() < mean.of() ? " (" + mean.programs() + "/" + mean.of() + ")" : "";
        text(LEFT + WIDTH + 8, y + 4, "start", "#b3261e", figure(mean.value()) + part);
    }

    private double x(double ratio) {
        return LEFT + WIDTH * (Math.log(ratio) - Math.log(from)) / (Math.log(to) - Math.log(from));
    }

    private void text(double x, int y, String anchor, String colour, String words) {
        line(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>", x, y, anchor, colour, escaped(
                words)));
    }

    private void line(String element) {
        svg.append(element).append('\n');
    }

    private static String figure(double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.1f", ratio);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
