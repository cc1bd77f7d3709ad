// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Mutator;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged tables: whatever the text, it is read or gives an error with a place; no other exception, no overflow of a small stack. */
class TableMutationTest {
    /** The bounds of the reader must hold on any thread, so the tests run on one with little stack. */
    private static final long STACK = 256 << 10;

    @Test
    @Timeout(300)
    void damagedTablesGiveClearErrors() throws InterruptedException {
        assertThat(run(1, 2_000)).isGreaterThan(1_000);
    }

    @Test
    @Tag("long")
    @Timeout(7200)
    void manyDamagedTablesGiveClearErrors() throws InterruptedException {
        assertThat(run(1_000_000, 150_000)).isGreaterThan(75_000);
    }

    /** How many of the damaged tables were rejected. */
    private static int run(long firstSeed, int count) throws InterruptedException {
        List<Map.Entry<String, String>> files = List.copyOf(Isa.sources().entrySet());
        AtomicReference<Object> outcome = new AtomicReference<>("did not run");
        Thread thread = new Thread(null, () -> outcome.set(rejected(files, firstSeed, count)), "small stack", STACK);
        thread.setUncaughtExceptionHandler((failed, error) -> outcome.set(error));
        thread.start();
        thread.join();
        if (outcome.get() instanceof Integer rejected) {
            return rejected;
        }
        throw new AssertionError(outcome.get() instanceof Throwable error ? error : null);
    }

    private static int rejected(List<Map.Entry<String, String>> files, long firstSeed, int count) {
        int rejected = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            Map.Entry<String, String> file = files.get((int) (seed % files.size()));
            String text = new Mutator(seed).text(file.getValue());
            try {
                Isa.read(Map.of(file.getKey(), text));
            } catch (SourceException e) {
                rejected++;
                checkPlace(e, seed, file.getKey(), text);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " of " + file.getKey() + ":\n" + text, e);
            }
        }
        return rejected;
    }

    private static void checkPlace(SourceException e, long seed, String file, String text) {
        int line = e.diagnostic().line();
        int column = e.diagnostic().column();
        String[] lines = text.split("\n", -1);
        if (!e.diagnostic().source().equals(file) || line < 1 || line > lines.length || column < 1 || column > lines[line - 1].length() + 1
                || e.diagnostic().message().length() > 3000) {
            throw new AssertionError("seed " + seed + ": the place is not in the text: " + e.getMessage());
        }
    }
}
