// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Text of a source: UTF-8, and nothing that is not. */
public final class Utf8 {
    private Utf8() {
    }

    /**
     * Decodes a source.
     *
     * @param source its name in messages
     * @throws SourceException at the first byte that is no UTF-8, with its place
     */
    public static String text(String source, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (!result.isError()) {
            return text;
        }
        String line = text.substring(text.lastIndexOf('\n') + 1);
        int number = 1 + (int) text.chars().filter(c -> c == '\n').count();
        throw new Diagnostic(source, number, line.length() + 1, line, "byte 0x%02x is no text in UTF-8".formatted(in.get(in.position())
                & 0xff))
                .exception();
    }
}
