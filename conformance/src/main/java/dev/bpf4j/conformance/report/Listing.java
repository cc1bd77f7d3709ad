// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.data.DataCase;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Isa;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The programs of cases as text, for reports. */
public final class Listing {
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final int MOST_LINES = 200;
    private static final int MOST_BYTES = 256;

    private Listing() {
    }

    /** The program and its memory; of vectors, what they are made from. */
    public static String of(TestCase testCase) {
        return switch (testCase.body()) {
            case TestCase.Data(DataCase data) -> list(data.code(), ByteOrder.LITTLE_ENDIAN, data.memory());
            case TestCase.Bpft(BpftCase bpft) -> list(bpft.program().code(), bpft.program().order(), bpft.start().memory());
            case TestCase.Vectors vectors -> vectors.count() + " vectors of " + vectors.row() + ", " + vectors.order() + "\n";
            case TestCase.Malformed malformed -> "all malformed encodings of " + malformed.row() + ", " + malformed.order() + "\n";
        };
    }

    private static String list(byte[] code, ByteOrder order, byte[] memory) {
        StringBuilder text = new StringBuilder();
        int lines = 0;
        for (Disassembler.Line line : Disassembler.list(DECODER, code, order)) {
            if (lines++ == MOST_LINES) {
                text.append("…\n");
                break;
            }
            text.append("%4d: ".formatted(line.slot())).append(line.text()).append('\n');
        }
        if (memory.length > 0) {
            boolean cut = memory.length > MOST_BYTES;
            text.append("memory: ").append(HexFormat.ofDelimiter(" ").formatHex(memory, 0, Math.min(memory.length, MOST_BYTES))).append(cut
                    ? " …\n"
                    : "\n");
        }
        return text.toString();
    }
}
