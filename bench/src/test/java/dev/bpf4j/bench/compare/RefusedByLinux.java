// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.golden.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * A row of {@code bench/corpus/refused-by-linux.txt}.
 *
 * @param program the program that the kernel does not take
 * @param errno   the name of the error that it gives
 * @param slow    whether the verifier needs long to find out
 * @param reason  what is in the program's way
 */
record RefusedByLinux(String program, String errno, boolean slow, String reason) {
    private static final int COLUMNS = 4;

    /** All rows, in the order of the file. */
    static List<RefusedByLinux> all() {
        try {
            return Files.readAllLines(Golden.repository("bench/corpus/refused-by-linux.txt")).stream().filter(line -> !line.startsWith("#"))
                    .map(
                            RefusedByLinux::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RefusedByLinux parse(String line) {
        String[] cells = line.split(" +", COLUMNS);
        boolean slow = switch (cells.length == COLUMNS ? cells[2] : "") {
            case "slow" -> true;
            case "quick" -> false;
            default -> throw new IllegalArgumentException("refused-by-linux.txt: " + line);
        };
        return new RefusedByLinux(cells[0], cells[1], slow, cells[3]);
    }
}
