// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.corpus;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A row of {@link #TABLE}: a program of the corpus that a kernel's verifier is known not to take. Immutable.
 *
 * @param program the program
 * @param errno   the name of the error that the kernel gives
 * @param slow    whether the verifier needs long to find out
 * @param reason  what is in the program's way
 */
public record RefusedByLinux(String program, String errno, boolean slow, String reason) {
    /** The table's file name. */
    public static final String TABLE = "refused-by-linux.txt";

    private static final int COLUMNS = 4;

    /** All rows of a corpus, in the order of the file. */
    public static List<RefusedByLinux> of(Corpus corpus) {
        return new String(corpus.file(TABLE), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).map(
                RefusedByLinux::parse)
                .toList();
    }

    private static RefusedByLinux parse(String line) {
        String[] cells = line.split(" +", COLUMNS);
        boolean slow = switch (cells.length == COLUMNS ? cells[2] : "") {
            case "slow" -> true;
            case "quick" -> false;
            default -> throw new IllegalArgumentException(TABLE + ": expected " + COLUMNS + " columns, the third slow or quick: " + line);
        };
        return new RefusedByLinux(cells[0], cells[1], slow, cells[3]);
    }
}
