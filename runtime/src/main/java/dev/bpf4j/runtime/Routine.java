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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A hot helper written in eBPF over the maps' layout, from an assembly text in the resources. Always little-endian, whatever the program's
 * order: it works on the machine's metadata. See {@link LinkedProgram} for how engines call it.
 */
final class Routine {
    private static final Map<String, Routine> BY_NAME = new ConcurrentHashMap<>();
    private static final Decoder DECODER = new Decoder(Isa.system());

    private final byte[] code;

    private Routine(byte[] code) {
        this.code = code;
    }

    /** The routine with this name; assembled once. */
    static Routine named(String name) {
        return BY_NAME.computeIfAbsent(name, Routine::read);
    }

    private static Routine read(String name) {
        String file = "routines/" + name + ".bpfasm";
        try (InputStream stream = Routine.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the routine " + file + " is missing in the jar");
            }
            String text = RoutineText.expand(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            return new Routine(new Assembler(Isa.system()).assemble(file, text, ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int slots() {
        return code.length / 8;
    }

    /** Writes the routine into a program's tables, behind its own slots. */
    void place(int start, @Nullable Insn[] insns, long[] constants, int[] targets) {
        for (int slot = 0; slot < slots(); slot++) {
            switch (DECODER.decode(code, slot, ByteOrder.LITTLE_ENDIAN)) {
                case Decoder.Rejected(String reason) -> throw new IllegalStateException("routine slot " + slot + ": " + reason);
                case Decoder.Decoded(Insn insn) -> {
                    insns[start + slot] = insn;
                    constants[start + slot] = insn.wide();
                    if (insn.instruction().targetField() != null) {
                        targets[start + slot] = start + slot + 1 + insn.distance();
                    }
                    slot += insn.slots() - 1;
                }
            }
        }
    }
}
