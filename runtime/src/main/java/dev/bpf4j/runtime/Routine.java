// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A hot helper written in eBPF over the maps' layout, from an assembly text in the resources. Always little-endian, whatever the program's
 * order: it works on the machine's metadata. See {@link LinkedProgram} for how engines call it.
 */
final class Routine {
    private static final Map<Key, Routine> BY_NAME = new ConcurrentHashMap<>();
    private static final Decoder DECODER = new Decoder(Isa.system());

    /** A text becomes one routine for programs of each byte order. */
    private record Key(String name, ByteOrder order) {}

    /** By slot; null for the second slot of a wide load. */
    private final @Nullable Insn[] insns;
    /** By slot: what a wide load loads. */
    private final long[] constants;
    /** By slot: where a jump goes, counted from the routine's first slot; -1 if it is none. */
    private final int[] targets;

    private Routine(@Nullable Insn[] insns) {
        this.insns = insns;
        this.constants = new long[insns.length];
        this.targets = new int[insns.length];
        Arrays.fill(targets, -1);
        for (int slot = 0; slot < insns.length; slot++) {
            Insn insn = insns[slot];
            if (insn != null) {
                constants[slot] = insn.wide();
                targets[slot] = insn.instruction().targetField() == null ? -1 : slot + 1 + insn.distance();
            }
        }
    }

    /** The routine with this name, for programs of a byte order; assembled once. */
    static Routine named(String name, ByteOrder order) {
        return BY_NAME.computeIfAbsent(new Key(name, order), Routine::read);
    }

    private static Routine read(Key key) {
        String file = "routines/" + key.name() + ".bpfasm";
        try (InputStream stream = Routine.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the routine " + file + " is missing in the jar");
            }
            String text = RoutineText.expand(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8), key.order());
            return new Routine(decode(file, new Assembler(Isa.system()).assemble(file, text, ByteOrder.LITTLE_ENDIAN)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Insn[] decode(String file, byte[] code) {
        @Nullable Insn[] insns = new Insn[code.length / 8];
        for (int slot = 0; slot < insns.length; slot++) {
            switch (DECODER.decode(code, slot, ByteOrder.LITTLE_ENDIAN)) {
                case Decoder.Rejected(String reason) -> throw new IllegalStateException(file + ", slot " + slot + ": " + reason);
                case Decoder.Decoded(Insn insn) -> {
                    insns[slot] = insn;
                    slot += insn.slots() - 1;
                }
            }
        }
        return insns;
    }

    int slots() {
        return insns.length;
    }

    /** Writes the routine into a program's tables, behind its own slots. */
    void place(int start, @Nullable Insn[] intoInsns, long[] intoConstants, int[] intoTargets) {
        System.arraycopy(insns, 0, intoInsns, start, insns.length);
        System.arraycopy(constants, 0, intoConstants, start, insns.length);
        for (int slot = 0; slot < insns.length; slot++) {
            intoTargets[start + slot] = targets[slot] < 0 ? -1 : start + targets[slot];
        }
    }
}
