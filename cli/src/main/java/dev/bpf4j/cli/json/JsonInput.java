// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.json;

import dev.bpf4j.cli.UserError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON of a known shape from front to back. What is not of that shape, or no JSON, ends in a {@link UserError} with file, line and
 * column. For one thread.
 */
public final class JsonInput implements AutoCloseable {
    private final String name;
    private final JsonParser parser;
    private JsonToken token = JsonToken.NOT_AVAILABLE;
    /** Where what was read last starts. */
    private TokenStreamLocation last = TokenStreamLocation.NA;

    /** @param name the file, for messages */
    public JsonInput(String name, byte[] bytes) {
        this.name = name;
        this.parser = new JsonFactory().createParser(ObjectReadContext.empty(), bytes);
        advance();
    }

    private void advance() {
        last = parser.currentTokenLocation();
        try {
            JsonToken next = parser.nextToken();
            token = next == null ? JsonToken.NOT_AVAILABLE : next;
        } catch (JacksonException e) {
            throw noJson(e);
        }
    }

    /** What a part of the document consists of. */
    @FunctionalInterface
    public interface Field {
        /** Reads the value of a field. */
        void read(String name);
    }

    /** Reads an object; each field's value must be read when its name is handed out. */
    public void object(Field field) {
        expect(JsonToken.START_OBJECT, "an object");
        while (token != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            expect(JsonToken.PROPERTY_NAME, "the name of a field");
            field.read(key);
        }
        advance();
    }

    /** Reads an array; each element must be read when it is announced. */
    public void array(Runnable element) {
        expect(JsonToken.START_ARRAY, "an array");
        while (token != JsonToken.END_ARRAY) {
            element.run();
        }
        advance();
    }

    /** Reads a text. */
    public String string() {
        String value = token == JsonToken.VALUE_STRING ? text() : "";
        expect(JsonToken.VALUE_STRING, "a text");
        return value;
    }

    /**
     * Reads a whole number: as such, or as a text in decimal or hex.
     *
     * @param least smallest number
     * @param most  largest number
     */
    public long number(long least, long most) {
        long value = 0;
        try {
            value = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue()
                    : token == JsonToken.VALUE_STRING ? Long.decode(parser
                            .getString()) : Long.MIN_VALUE;
        } catch (JacksonException | NumberFormatException e) {
            value = Long.MIN_VALUE;
        }
        if (value < least || value > most) {
            throw unexpected(", expected a number from " + least + " to " + most);
        }
        advance();
        return value;
    }

    /** Passes over a value of any kind, whatever is in it. */
    public void skip() {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw noJson(e);
        }
        advance();
    }

    /** Makes sure that nothing follows. */
    public void end() {
        if (token != JsonToken.NOT_AVAILABLE) {
            throw unexpected(" behind the end of the document");
        }
    }

    private void expect(JsonToken wanted, String what) {
        if (token != wanted) {
            throw unexpected(", expected " + what);
        }
        advance();
    }

    /** The text of a token, which is decoded only now. */
    private String text() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw noJson(e);
        }
    }

    private UserError noJson(JacksonException e) {
        return error(e.getLocation() == null ? parser.currentLocation() : e.getLocation(), "is no JSON: " + e.getOriginalMessage(), e);
    }

    private String found() {
        return switch (token) {
            case NOT_AVAILABLE -> "the end";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String text = text();
                yield text.length() > 40 ? text.substring(0, 40) + "…" : text;
            }
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> token.name()
                    .toLowerCase(Locale.ROOT).replace('_', ' ').replace("value ", "");
        };
    }

    private UserError unexpected(String rest) {
        return error(parser.currentTokenLocation(), "found " + found() + rest, null);
    }

    /** An error in what was read last. */
    public UserError error(String message) {
        return error(last, message, null);
    }

    private UserError error(TokenStreamLocation place, String message, @Nullable Throwable cause) {
        String text = name + ":" + place.getLineNr() + ":" + place.getColumnNr() + ": " + message;
        return cause == null ? new UserError(text) : new UserError(text, cause);
    }

    @Override
    public void close() {
        parser.close();
    }
}
