// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.isa.Utf8;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A value in a YAML document and where it stands, for messages. What is not there has no value. */
final class YamlItem {
    private static final int DEEPEST = 16;

    private final String file;
    private final String place;
    private final @Nullable Object value;

    private YamlItem(String file, String place, @Nullable Object value) {
        this.file = file;
        this.place = place;
        this.value = value;
    }

    /** What is made of an element of a list. */
    @FunctionalInterface
    interface Maker<T> {
        T make(YamlItem item);
    }

    /**
     * The document in a file.
     *
     * @param most bytes that it may have
     * @param what what is expected in it, for messages
     * @throws UserError if the file is no YAML
     */
    static YamlItem read(Path file, int most, String what) throws IOException {
        String text = Utf8.text(file.toString(), InputFile.read(file, most, what + " (YAML)"));
        return new YamlItem(file.toString(), "", parse(file.toString(), text));
    }

    private static @Nullable Object parse(String file, String text) {
        LoadSettings yaml = LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(false).build();
        try {
            checkDepth(file, new Parse(yaml).parseString(text));
            return new Load(yaml).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            throw new UserError(file + e.getProblemMark().map(YamlItem::place).orElse("") + ": is no YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new UserError(file + ": is no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    /** Values in values in values are built by recursion: a document can be deeper than a thread's stack. */
    private static void checkDepth(String file, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new UserError(file + event.getStartMark().map(YamlItem::place).orElse("") + ": more than " + DEEPEST
                        + " lists and mappings in each other");
            }
        }
    }

    private static String place(Mark mark) {
        return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    /** Where it stands in the document. */
    String place() {
        return place;
    }

    /** A part of this value. */
    YamlItem part(String name, Object other) {
        return new YamlItem(file, place + ", " + name + ",", other);
    }

    /** An element of this list. */
    YamlItem element(int index) {
        return new YamlItem(file, place + "[" + index + "]", value instanceof List<?> elements ? elements.get(index) : null);
    }

    /** An error that names the file and this place in it. */
    UserError wrong(String what) {
        return new UserError(file + ": " + (place.isEmpty() ? "the document" : place) + " " + what);
    }

    boolean missing() {
        return value == null;
    }

    /** Refuses members of other names. */
    void only(String... names) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong("is " + value + ", expected fields: " + String.join(", ", names));
        }
        Set<String> known = Set.of(names);
        for (Object name : map.keySet()) {
            if (!known.contains(String.valueOf(name))) {
                throw wrong("has a field " + name + ", expected one of: " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    YamlItem at(String name) {
        return new YamlItem(file, place.isEmpty() ? name : place + "." + name, value instanceof Map<?, ?> map ? map.get(name) : null);
    }

    YamlItem need(String name) {
        YamlItem item = at(name);
        if (item.value == null) {
            throw wrong("has no field " + name);
        }
        return item;
    }

    <T> List<T> each(Maker<T> maker) {
        List<T> all = new ArrayList<>();
        if (value == null) {
            return all;
        }
        if (!(value instanceof List<?> list)) {
            throw wrong("is " + value + ", expected a list");
        }
        for (int i = 0; i < list.size(); i++) {
            all.add(made(element(i), maker));
        }
        return all;
    }

    /** The members, in the order of the file. */
    <T> Map<String, T> members(Maker<T> maker) {
        Map<String, T> all = new LinkedHashMap<>();
        if (value == null) {
            return all;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong("is " + value + ", expected names with values");
        }
        for (Object name : map.keySet()) {
            all.put(String.valueOf(name), made(new YamlItem(file, place + "." + name, map.get(name)), maker));
        }
        return all;
    }

    private static <T> T made(YamlItem item, Maker<T> maker) {
        try {
            return maker.make(item);
        } catch (IllegalArgumentException e) {
            throw item.wrong("is wrong: " + e.getMessage());
        }
    }

    String text(String otherwise) {
        return value == null ? otherwise : String.valueOf(value);
    }

    int integer(int otherwise) {
        return (int) number(otherwise, Integer.MIN_VALUE, 0xffff_ffffL);
    }

    long number(long otherwise, long least, long most) {
        if (value == null) {
            return otherwise;
        }
        String text = String.valueOf(value);
        long number;
        try {
            number = text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong("is " + text + ", expected a number");
        }
        if (number < least || number > most) {
            throw wrong("is " + text + ", expected " + least + " to " + most);
        }
        return number;
    }
}
