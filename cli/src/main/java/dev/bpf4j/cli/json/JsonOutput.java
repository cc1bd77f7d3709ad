// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.json;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes indented JSON. Closing ends the document with a newline and leaves the writer open. For one thread. */
public final class JsonOutput implements AutoCloseable {
    private final PrintWriter out;
    private final JsonGenerator generator;

    /** Writes to {@code out}, which stays open. */
    public JsonOutput(PrintWriter out) {
        this.out = out;
        this.generator = new JsonFactory().createGenerator(new Indented(), new Open(out));
    }

    /** The same layout on every system. */
    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            Separators separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("").withArrayEmptySeparator("");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
            printer.indentObjectsWith(indenter);
            printer.indentArraysWith(indenter);
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    /** A writer that others go on using. */
    private static final class Open extends Writer {
        private final Writer out;

        Open(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            out.write(text, from, length);
        }

        @Override
        public void flush() {
            // the owner flushes
        }

        @Override
        public void close() {
            // the owner closes
        }
    }

    /** What a part of the document consists of. */
    @FunctionalInterface
    public interface Content<X extends Exception> {
        /** Writes it. */
        void write() throws X;
    }

    /** An object: the document itself, or an element of an array. */
    public <X extends Exception> void object(Content<X> content) throws X {
        generator.writeStartObject();
        content.write();
        generator.writeEndObject();
    }

    /** An object as a field. */
    public <X extends Exception> void object(String name, Content<X> content) throws X {
        generator.writeName(name);
        object(content);
    }

    /** An array: the document itself, or an element of an array. */
    public <X extends Exception> void array(Content<X> content) throws X {
        generator.writeStartArray();
        content.write();
        generator.writeEndArray();
    }

    /** An array as a field. */
    public <X extends Exception> void array(String name, Content<X> content) throws X {
        generator.writeName(name);
        array(content);
    }

    /** A text, or null, as a field. */
    public void field(String name, @Nullable String value) {
        if (value == null) {
            generator.writeNullProperty(name);
        } else {
            generator.writeStringProperty(name, value);
        }
    }

    /** A number as a field. */
    public void field(String name, long value) {
        generator.writeNumberProperty(name, value);
    }

    /** A number with a fraction as a field. */
    public void field(String name, double value) {
        generator.writeNumberProperty(name, value);
    }

    /** A truth value as a field. */
    public void field(String name, boolean value) {
        generator.writeBooleanProperty(name, value);
    }

    /** The name of a field whose value follows. */
    public void name(String name) {
        generator.writeName(name);
    }

    /** A text as an element, or after {@link #name}. */
    public void value(String value) {
        generator.writeString(value);
    }

    /** A number as an element, or after {@link #name}. */
    public void value(long value) {
        generator.writeNumber(value);
    }

    /** A number of any size as an element, or after {@link #name}. */
    public void value(java.math.BigInteger value) {
        generator.writeNumber(value);
    }

    /** A number with a fraction as an element, or after {@link #name}. */
    public void value(double value) {
        generator.writeNumber(value);
    }

    /** A truth value as an element, or after {@link #name}. */
    public void value(boolean value) {
        generator.writeBoolean(value);
    }

    /** Null as an element, or after {@link #name}. */
    public void nothing() {
        generator.writeNull();
    }

    @Override
    public void close() {
        generator.close();
        out.println();
    }
}
