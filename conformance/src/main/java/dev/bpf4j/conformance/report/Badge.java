// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.suite.Group;
import java.util.Map;

/** The conformance groups that a report's candidates support, as a small picture for a project's front page. */
public final class Badge {
    private static final int CHARACTER = 7;
    private static final int MARGIN = 10;
    private static final String LABEL = "eBPF ISA";

    private final Report report;

    /** A report to be shown. */
    public Badge(Report report) {
        this.report = report;
    }

    /** The picture: SVG. The first candidate counts; a badge is for one. */
    public String text() {
        boolean asked = !report.candidates().isEmpty();
        Map<Group, Count> groups = asked ? report.groups(0) : Map.of();
        long standard = groups.entrySet().stream().filter(entry -> entry.getKey().standard() && !entry.getValue().unknown()).count();
        long supported = groups.entrySet().stream().filter(entry -> entry.getKey().standard() && entry.getValue().allPass()).count();
        String value = supported + " of " + standard + " groups";
        String colour = standard > 0 && supported == standard ? "#2c7a3f" : supported > 0 ? "#b58100" : "#b3261e";
        int left = LABEL.length() * CHARACTER + MARGIN;
        int right = value.length() * CHARACTER + MARGIN;
        String title = Xml.attribute((asked ? report.candidates().getFirst().name() + ": " : "") + value);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%6$s">
                  <title>%6$s</title>
                  <rect width="%1$d" height="20" rx="3" fill="#444"/>
                  <path d="M%2$d 0h%3$dq3 0 3 3v14q0 3 -3 3h-%3$dz" fill="%4$s"/>
                  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
                    <text x="%7$d" y="14">%8$s</text>
                    <text x="%9$d" y="14">%5$s</text>
                  </g>
                </svg>
                """.formatted(left + right, left, right - 3, colour, value, title, left / 2, LABEL, left + right / 2);
    }
}
