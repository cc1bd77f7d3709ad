// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.HexFormat;
import java.util.List;

/** Machine code as text: eBPF instructions, the rules that they were lowered by, offsets, bytes and machine instructions. */
final class CodeListing {
    private static final int BYTES = 32;

    private CodeListing() {
    }

    /** The text of code whose lines were kept. */
    static String of(Relaxation.Code code) {
        StringBuilder out = new StringBuilder();
        List<CodeBuffer.Line> lines = code.lines();
        for (int i = 0; i < lines.size(); i++) {
            CodeBuffer.Line line = lines.get(i);
            if (line.comment()) {
                boolean instruction = Character.isDigit(line.text().charAt(0)) || line.text().endsWith(":");
                out.append(instruction ? line.text() : "        ; " + line.text()).append('\n');
            } else {
                int end = i + 1;
                while (end < lines.size() && lines.get(end).comment()) {
                    end++;
                }
                int to = end < lines.size() ? lines.get(end).bytes() : code.bytes().length;
                String bytes = HexFormat.ofDelimiter(" ").formatHex(code.bytes(), line.bytes(), to);
                String offset = Integer.toHexString(line.bytes());
                out.append("  ").append(" ".repeat(Math.max(0, 6 - offset.length()))).append(offset).append("  ").append(bytes).append(" "
                        .repeat(Math.max(1, BYTES - bytes.length()))).append(line.text()).append('\n');
            }
        }
        return out.toString();
    }
}
