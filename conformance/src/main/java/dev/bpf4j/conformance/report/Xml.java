// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

/** Text for XML and HTML, in elements and in attributes with double quotes. */
final class Xml {
    private Xml() {
    }

    /** The text with what has a meaning in XML written otherwise, and with {@code ?} for what XML cannot hold. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.appendCodePoint(c);
                default -> escaped.appendCodePoint(allowed(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    /** As {@link #text}, on one line: attributes lose their line breaks otherwise. */
    static String attribute(String text) {
        return text(text).replace("\n", "&#10;").replace("\t", "&#9;");
    }

    /** Characters of XML 1.0, section 2.2, without the controls that it discourages. */
    private static boolean allowed(int c) {
        return c >= 0x20 && c < 0x7f || c >= 0xa0 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x1_0000;
    }
}
