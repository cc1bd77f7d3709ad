// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every item goes to one thread, to neighbours first. */
class SharesTest {
    @ParameterizedTest(name = "{0} items, {1} threads, {2} of them at work")
    @CsvSource({"0, 1, 1", "0, 3, 3", "1, 4, 4", "10, 1, 1", "10, 3, 3", "1000, 7, 7", "1000, 7, 2", "5, 8, 1"})
    void everyItemOnce(int items, int threads, int atWork) {
        Shares shares = new Shares(items, threads);
        List<Integer> taken = new ArrayList<>();
        for (boolean more = true; more;) {
            more = false;
            for (int thread = 0; thread < atWork; thread++) {
                int item = shares.take(thread);
                if (item >= 0) {
                    taken.add(item);
                    more = true;
                }
            }
        }
        assertEquals(IntStream.range(0, items).boxed().toList(), taken.stream().sorted().toList());
    }

    @Test
    void neighboursFirstAndThenTheEndOfTheLargestRemainder() {
        Shares shares = new Shares(9, 3);
        assertEquals(List.of(0, 1, 2), List.of(shares.take(0), shares.take(0), shares.take(0)));
        assertEquals(3, shares.take(1));
        assertEquals(8, shares.take(0));
        assertEquals(5, shares.take(0));
        assertEquals(4, shares.take(1));
    }
}
