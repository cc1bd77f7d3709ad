// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.HexBytes;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.cli.input.ProgramFile;
import dev.bpf4j.cli.json.JsonInput;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.ObjectMap;
import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What maps hold before the first run, from a file as {@code examples/README.md} describes it: entries by map, keys and values in hex.
 *
 * @param file    where it is from, for messages; null if there is no such file
 * @param entries in the order of the file
 */
record InitialMaps(@Nullable Path file, List<Entry> entries) {
    private static final int MAX_FILE = 256 << 20;
    private static final String KEY = "key";
    private static final String VALUE = "value";

    /** An entry to put in; into a map of maps without a value a new map. The arrays are not to be changed. */
    record Entry(String map, byte[] key, byte[] value) {}

    /** Reads a file that the user names. */
    static InitialMaps read(Path file) throws IOException {
        byte[] bytes = InputFile.read(file, MAX_FILE, "JSON with the contents of maps");
        List<Entry> entries = new ArrayList<>();
        try (JsonInput json = new JsonInput(file.toString(), bytes)) {
            json.object(map -> json.array(() -> entries.add(entry(json, map))));
            json.end();
        }
        return new InitialMaps(file, entries);
    }

    /** Reads {@code NAME.maps.json} beside {@code NAME.bpf.o}, if it is there. */
    static InitialMaps beside(Path object) throws IOException {
        Path file = object.resolveSibling(ProgramFile.baseName(object) + ".maps.json");
        return Files.isRegularFile(file) ? read(file) : new InitialMaps(null, List.of());
    }

    private static Entry entry(JsonInput json, String map) {
        byte[][] found = new byte[2][];
        json.object(field -> {
            int which = field.equals(KEY) ? 0 : field.equals(VALUE) ? 1 : -1;
            if (which < 0) {
                throw json.error("map " + map + ": field " + field + ", expected key and value");
            }
            String text = json.string();
            try {
                found[which] = HexBytes.parse(field, text);
            } catch (UserError e) {
                throw json.error("map " + map + ": " + e.getMessage());
            }
        });
        if (found[0] == null || found[1] == null) {
            throw json.error("map " + map + ": an entry needs key and value");
        }
        return new Entry(map, found[0], found[1]);
    }

    /**
     * Puts the entries into a machine's maps, and makes these contents those that {@link Machine#reset} returns to.
     *
     * @throws UserError     if the object has no such map, or the map does not take an entry
     * @throws LoadException if a map cannot be made
     */
    void fill(Machine machine, @Nullable BpfObject object) throws LoadException {
        int number = 0;
        for (Entry entry : entries) {
            number++;
            ObjectMap declared = object == null ? null : object.map(entry.map());
            if (declared == null) {
                throw new UserError(file + ": the object has no map " + entry.map() + there(object));
            }
            BpfMap map = machine.map(declared.definition());
            MapDefinition inner = declared.definition().inner();
            if (inner != null && entry.value().length == 0) {
                putInner(machine, map, inner, entry, number);
            } else {
                put(map, entry, number);
            }
        }
        if (!entries.isEmpty()) {
            machine.maps().checkpoint();
        }
    }

    private static String there(@Nullable BpfObject object) {
        return object == null || object.maps().isEmpty() ? "; it has none"
                : "; it has " + String.join(", ", object.maps().stream().map(
                        ObjectMap::name).toList());
    }

    /** Into a map of maps goes a new map of the declared shape. */
    private void putInner(Machine machine, BpfMap map, MapDefinition shape, Entry entry, int number) {
        String name = entry.map() + "_" + HexFormat.of().formatHex(entry.key());
        BpfMap made;
        try {
            made = machine.map(new MapDefinition(name, shape.type(), shape.keySize(), shape.valueSize(), shape.maxEntries(), shape.flags(),
                    null, new byte[0], shape.order()));
        } catch (LoadException e) {
            throw new UserError(place(entry, number) + e.getMessage());
        }
        byte[] value = ByteBuffer.allocate(Integer.BYTES).order(shape.order()).putInt(made.index() + 1).array();
        put(map, new Entry(entry.map(), entry.key(), value), number);
    }

    private String place(Entry entry, int number) {
        return file + ": entry " + number + ", map " + entry.map() + ": ";
    }

    private void put(BpfMap map, Entry entry, int number) {
        String place = place(entry, number);
        if (map.type() == MapType.USER_RINGBUF && entry.key().length == 0) {
            long error = map.feed(entry.value());
            if (error < 0) {
                throw new UserError(place + reason(-error));
            }
            return;
        }
        if (map.type() == MapType.USER_RINGBUF) {
            throw new UserError(place + "a key of " + entry.key().length + " bytes, but records of a user_ringbuf have none: \"\"");
        }
        int keySize = map.definition().keySize();
        int valueSize = map.definition().valueSize();
        if (entry.key().length != keySize || entry.value().length != valueSize) {
            throw new UserError(place + "key and value of " + entry.key().length + " and " + entry.value().length + " bytes, expected "
                    + keySize
                    + " and " + valueSize);
        }
        long result = map.update(entry.key(), forEveryCpu(map, entry.value()), BpfMap.ANY);
        if (result < 0) {
            throw new UserError(place + reason(-result));
        }
    }

    /** A per-CPU map's value as the host sees it: one after another, each padded to a multiple of 8. */
    private static byte[] forEveryCpu(BpfMap map, byte[] value) {
        if (!map.type().storage().perCpu()) {
            return value;
        }
        byte[] all = new byte[map.hostValueSize()];
        int stride = value.length + 7 & ~7;
        for (int at = 0; at < all.length; at += stride) {
            System.arraycopy(value, 0, all, at, value.length);
        }
        return all;
    }

    private static String reason(long error) {
        if (error == Errno.E2BIG) {
            return "the index is out of range, or the map is full (E2BIG)";
        }
        if (error == Errno.ENOSPC) {
            return "the map is full (ENOSPC)";
        }
        return error == Errno.ENOTSUPP || error == Errno.EOPNOTSUPP ? "nothing can be put into such a map"
                : error == Errno.EINVAL ? "the map does not take this (EINVAL)" : "the map does not take this: error " + error;
    }
}
