// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfPrinter;
import dev.bpf4j.runtime.LoadException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jspecify.annotations.Nullable;

/**
 * Damaged objects give a {@link LoadException} or load; nothing else, in bounded time and memory. The damage follows from object and number
 * alone, so a failure can be repeated: its message has both.
 */
final class MutationTest {
    private static final int NORMAL = 1_000;
    private static final int LONG = 20_000;
    /** A hundred times what the slowest input took when this was written; nothing here may depend on more than the size of the input. */
    private static final long MAX_NANOS = 5_000_000_000L;
    private static final long MAX_BYTES = 256L << 20;
    /** Numbers that fields are set to: boundaries of counts, sizes and offsets. */
    private static final long[] NUMBERS = {0, 1, 2, 7, 8, 0x7f, 0xff, 0x100, 0xfff1, 0xffff, 0x7fff_ffff, 0x8000_0000L, 0xffff_fff0L,
        0xffff_ffffL,
        0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1, -8};

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What is done with damaged bytes. */
    private interface Work {
        void on(byte[] bytes) throws LoadException;
    }

    @TestFactory
    List<DynamicTest> objects() throws IOException {
        return tests(NORMAL);
    }

    @Tag("long")
    @TestFactory
    List<DynamicTest> objectsLong() throws IOException {
        return tests(LONG);
    }

    private static List<DynamicTest> tests(int count) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Stream.concat(TestObjects.all().stream(), TestObjects.examples().stream()).toList()) {
            byte[] original = Files.readAllBytes(file);
            String name = TestObjects.name(file);
            tests.add(DynamicTest.dynamicTest(name + " x " + count, () -> assertThat(run(name, original, count, bytes -> use(bytes, name,
                    null)))
                    .as("mutations that still load").isLessThan(count)));
        }
        return tests;
    }

    /** Everything that a loaded object offers is computed too: a bad index may lie in wait in it. */
    private static void use(byte[] bytes, String name, @Nullable Btf target) throws LoadException {
        LoadOptions options = target == null ? LoadOptions.DEFAULT : LoadOptions.DEFAULT.withTarget(target);
        BpfObject object = BpfObject.parse(bytes, name, options);
        assertThat(ObjectReport.of(object)).isNotEmpty();
        Btf btf = object.btf();
        if (btf != null) {
            BtfPrinter printer = new BtfPrinter(btf, object.order());
            for (ObjectMap map : object.maps()) {
                assertThat(printer.read(map.valueType(), map.definition().initial()).toString()).isNotNull();
                assertThat(printer.read(map.keyType(), new byte[16]).toString()).isNotNull();
            }
        }
    }

    @Test
    void targetTypes() throws IOException, LoadException {
        byte[] core = Files.readAllBytes(TestObjects.FOLDER.resolve("core.o"));
        byte[] target = Files.readAllBytes(TestObjects.FOLDER.resolve("core_target.o"));
        int loaded = run("core_target.o", target, NORMAL, bytes -> {
            Btf types = BpfObject.parse(bytes, "core_target.o").btf();
            if (types != null) {
                use(core, "core.o", types);
            }
        });
        assertThat(loaded).isBetween(1, NORMAL - 1);
    }

    @Test
    void everyTruncation() throws IOException {
        for (String name : List.of("maps_nested.o", "externs.o", "compute.be.o")) {
            byte[] original = Files.readAllBytes(TestObjects.FOLDER.resolve(name));
            for (int size = 0; size < original.length; size++) {
                byte[] cut = Arrays.copyOf(original, size);
                assertThat(attempt(name + " cut to " + size, cut, bytes -> use(bytes, name, null))).as(name + " cut to " + size).isFalse();
            }
        }
    }

    @Test
    void mutationsReachDeep() throws IOException {
        // A mutator that only breaks headers would test nothing else: many mutants must load, and many must not.
        byte[] original = Files.readAllBytes(TestObjects.FOLDER.resolve("maps_nested.o"));
        int loaded = run("maps_nested.o", original, NORMAL, bytes -> use(bytes, "maps_nested.o", null));
        assertThat(loaded).isBetween(NORMAL / 20, NORMAL * 19 / 20);
    }

    /** Number of mutations that loaded. */
    private static int run(String name, byte[] original, int count, Work work) {
        int loaded = 0;
        for (int i = 0; i < count; i++) {
            byte[] damaged = mutate(original, new SplittableRandom(name.hashCode() * 31L + i));
            if (attempt(name + " mutation " + i, damaged, work)) {
                loaded++;
            }
        }
        return loaded;
    }

    private static boolean attempt(String what, byte[] bytes, Work work) {
        long id = Thread.currentThread().threadId();
        long allocated = THREADS.getThreadAllocatedBytes(id);
        long start = System.nanoTime();
        boolean loaded;
        try {
            work.on(bytes);
            loaded = true;
        } catch (LoadException e) {
            assertThat(e.getMessage()).as(what).isNotBlank();
            loaded = false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(what + ": " + e, e);
        }
        assertThat(System.nanoTime() - start).as(what + ": nanoseconds").isLessThan(MAX_NANOS);
        assertThat(THREADS.getThreadAllocatedBytes(id) - allocated).as(what + ": bytes allocated").isLessThan(MAX_BYTES);
        return loaded;
    }

    private static byte[] mutate(byte[] original, SplittableRandom random) {
        ByteOrder order = original[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer bytes = ByteBuffer.wrap(original.clone()).order(order);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            change(bytes, random);
        }
        byte[] damaged = bytes.array();
        return random.nextInt(50) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length + 64)) : damaged;
    }

    /** Changes a place chosen by section, so that small sections (symbols, BTF, relocations) are met as often as large ones. */
    private static void change(ByteBuffer bytes, SplittableRandom random) {
        int table = (int) bytes.getLong(40);
        int count = bytes.getShort(60) & 0xffff;
        int start = 0;
        int size = bytes.capacity();
        int kind = random.nextInt(10);
        if (kind == 0) {
            size = 64;
        } else if (kind < 3) {
            start = table;
            size = count * 64;
        } else if (kind < 9 && count > 0) {
            int header = table + random.nextInt(count) * 64;
            if (header >= 0 && header <= bytes.capacity() - 64) {
                start = (int) bytes.getLong(header + 24);
                size = (int) bytes.getLong(header + 32);
            }
        }
        if (start < 0 || size <= 0 || start > bytes.capacity() - size) {
            start = 0;
            size = bytes.capacity();
        }
        int at = start + random.nextInt(size);
        write(bytes, at, random);
    }

    private static void write(ByteBuffer bytes, int at, SplittableRandom random) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        switch (random.nextInt(6)) {
            case 0 -> bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
            case 1 -> bytes.put(at, (byte) random.nextInt(256));
            case 2 -> bytes.putShort(Math.min(at & ~1, bytes.capacity() - 2), (short) number);
            case 3 -> bytes.putInt(Math.min(at & ~3, bytes.capacity() - 4), (int) number);
            case 4 -> bytes.putLong(Math.min(at & ~7, bytes.capacity() - 8), number);
            case 5 -> {
                // A number nearby: off by a little, which is what breaks bounds.
                int place = Math.min(at & ~3, bytes.capacity() - 4);
                bytes.putInt(place, bytes.getInt(place) + random.nextInt(-16, 17));
            }
            default -> throw new IllegalStateException();
        }
    }

    @Test
    void theOracleCanFail() {
        byte[] bytes = new byte[8];
        try {
            attempt("an exception that is not declared", bytes, _ -> Objects.checkIndex(1, 1));
        } catch (AssertionError expected) {
            assertThat(expected).hasMessageContaining("an exception that is not declared");
            return;
        }
        throw new AssertionError("an undeclared exception was not found");
    }
}
