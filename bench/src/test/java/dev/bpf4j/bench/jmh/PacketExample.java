// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LinkedObject;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.map.BpfMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An XDP program of the examples in a strict machine of its own, with its maps filled, in one engine. For one thread. */
final class PacketExample implements AutoCloseable {
    /** The head of a map's list, or an entry, in the one way in which the examples write them. */
    private static final Pattern PART = Pattern.compile("\"(\\w+)\": \\[|\\{ \"key\": \"([0-9a-f]*)\", \"value\": \"([0-9a-f]*)\" }");

    private final Machine machine;
    private final LoadedProgram loaded;

    private PacketExample(Machine machine, LoadedProgram loaded) {
        this.machine = machine;
        this.loaded = loaded;
    }

    /** The examples' folder. */
    static Path folder() {
        Path here = Path.of("examples");
        return Files.isDirectory(here) ? here : Path.of("..").resolve(here);
    }

    /** Loads one. */
    static PacketExample of(String name, Engine engine) throws LoadException, IOException {
        BpfObject object = BpfObject.load(folder().resolve(name + ".bpf.o"));
        Machine machine = new Machine(Machine.Settings.standard());
        try {
            Program program = Objects.requireNonNull(object.program(name));
            LinkedObject linked = LinkedObject.link(object, machine, List.of(program));
            fill(machine, object, Files.readString(folder().resolve(name + ".maps.json")));
            return new PacketExample(machine, machine.load(engine, Objects.requireNonNull(linked.program(program))));
        } catch (LoadException | IOException | RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    private static void fill(Machine machine, BpfObject object, String json) throws LoadException {
        BpfMap map = null;
        Matcher parts = PART.matcher(json);
        while (parts.find()) {
            String name = parts.group(1);
            if (name != null) {
                map = machine.map(Objects.requireNonNull(object.map(name)).definition());
                continue;
            }
            byte[] value = HexFormat.of().parseHex(parts.group(3));
            long error = Objects.requireNonNull(map).update(HexFormat.of().parseHex(parts.group(2)), value, BpfMap.ANY);
            if (error != 0) {
                throw new IllegalStateException("an entry of the map " + map.definition().name() + " is refused: " + error);
            }
        }
    }

    /** The program. */
    LoadedProgram loaded() {
        return loaded;
    }

    /** Its lane. */
    Lane lane() {
        return machine.lane(0);
    }

    /** Copies a packet in. */
    void put(byte[] packet) {
        XdpContext.of(lane()).prepare(packet);
    }

    /** Copies a packet in and runs the program on it. */
    Outcome run(byte[] packet) {
        put(packet);
        return loaded.run(lane());
    }

    /** The packet as it is now; a copy. */
    byte[] packet() {
        return XdpContext.of(lane()).packetBytes();
    }

    @Override
    public void close() {
        machine.close();
    }
}
