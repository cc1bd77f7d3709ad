// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.isa.Utf8;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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

/**
 * Reads a description of the surroundings: YAML, as in {@code docs/cli.md}. What it leaves out stays as it is without a description. Whatever is
 * wrong is a {@link UserError} that names the file and the place in it.
 */
final class WorldFile {
    private static final int MOST = 1 << 20;
    private static final int LARGEST_PORT = 65_535;
    private static final int DEEPEST = 16;

    private final Path file;

    private WorldFile(Path file) {
        this.file = file;
    }

    /** The settings with what a file describes. */
    static Machine.Settings apply(Path file, Machine.Settings settings) throws IOException {
        byte[] bytes = InputFile.read(file, MOST, "a description of the surroundings (YAML)");
        return new WorldFile(file).settings(Utf8.text(file.toString(), bytes), settings);
    }

    private Machine.Settings settings(String text, Machine.Settings before) {
        Item top = new Item("", parse(text));
        top.only("clock", "seed", "cpus", "task", "interfaces", "routes", "neighbours", "sockets");
        Item clock = top.at("clock");
        clock.only("start", "step");
        List<World.Interface> interfaces = top.at("interfaces").each(this::networkInterface);
        once(top.at("interfaces"), interfaces, World.Interface::index, "index");
        List<World.Neighbour> neighbours = top.at("neighbours").each(this::neighbour);
        once(top.at("neighbours"), neighbours, neighbour -> List.of(neighbour.ifindex(), neighbour.address()), "dev and address");
        List<World.Socket> sockets = top.at("sockets").each(this::socket);
        once(top.at("sockets"), sockets, World.Socket::cookie, "cookie");
        World world = new World(task(top.at("task")), interfaces, top.at("routes").each(this::route), neighbours, sockets);
        int cpus = (int) top.at("cpus").number(before.lanes(), 1, GuestLayout.MAX_LANES);
        return new Machine.Settings(before.policy(), before.limits(), cpus, before.helpers(), clock.at("start").number(before.clockStart(),
                0, Long.MAX_VALUE), clock.at("step").number(before.clockStep(), 0, Long.MAX_VALUE), top.at("seed").number(before.seed(),
                        Long.MIN_VALUE, Long.MAX_VALUE), world);
    }

    private @Nullable Object parse(String text) {
        LoadSettings yaml = LoadSettings.builder().setLabel(file.toString()).setAllowDuplicateKeys(false).build();
        try {
            checkDepth(new Parse(yaml).parseString(text));
            return new Load(yaml).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            throw new UserError(file + e.getProblemMark().map(WorldFile::place).orElse("") + ": is no YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new UserError(file + ": is no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    /** Values in values in values are built by recursion: a document can be deeper than a thread's stack. */
    private void checkDepth(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new UserError(file + event.getStartMark().map(WorldFile::place).orElse("") + ": more than " + DEEPEST
                        + " lists and mappings in each other");
            }
        }
    }

    private static String place(Mark mark) {
        return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private World.Task task(Item item) {
        World.Task standard = World.Task.STANDARD;
        item.only("pid", "tgid", "uid", "gid", "comm", "cgroups", "kernel_stack", "user_stack", "bytes");
        int pid = item.at("pid").integer(standard.pid());
        List<Long> groups = item.at("cgroups").each(id -> id.number(0, Long.MIN_VALUE, Long.MAX_VALUE));
        String bytes = item.at("bytes").text("");
        return new World.Task(pid, item.at("tgid").integer(pid), item.at("uid").integer(standard.uid()), item.at("gid").integer(standard
                .gid()), item.at("comm").text(standard.comm()), groups.isEmpty() ? standard.cgroups() : groups, addresses(item.at(
                        "kernel_stack")), addresses(item.at("user_stack")), bytes.isEmpty() ? List.of() : hex(item.at("bytes"), bytes));
    }

    private static List<Long> addresses(Item item) {
        return item.each(address -> address.number(0, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private World.Interface networkInterface(Item item) {
        item.only("index", "name", "mac", "mtu");
        int index = (int) item.need("index").number(0, 1, Integer.MAX_VALUE);
        return new World.Interface(index, item.at("name").text("if" + index), mac(item.at("mac")), (int) item.at("mtu").number(1500, 1,
                Integer.MAX_VALUE));
    }

    private World.Route route(Item item) {
        item.only("to", "dev", "via", "source", "kind", "mtu");
        String to = item.need("to").text("");
        int slash = to.indexOf('/');
        InetAddress network = address(item.at("to"), slash < 0 ? to : to.substring(0, slash));
        int bits = 8 * network.getAddress().length;
        int prefix = slash < 0 ? bits : (int) new Item(item.at("to").place + ", the prefix,", to.substring(slash + 1)).number(0, 0, bits);
        String kind = item.at("kind").text("unicast");
        World.Route.Kind known = null;
        for (World.Route.Kind candidate : World.Route.Kind.values()) {
            known = candidate.name().toLowerCase(Locale.ROOT).equals(kind) ? candidate : known;
        }
        if (known == null) {
            throw item.at("kind").wrong("is " + kind + ", expected unicast, local, blackhole, unreachable or prohibit");
        }
        int device = (int) (known == World.Route.Kind.UNICAST ? item.need("dev") : item.at("dev")).number(0, 0, Integer.MAX_VALUE);
        return new World.Route(network, prefix, device, optional(item.at("via")), optional(item.at("source")), known, (int) item.at("mtu")
                .number(0, 0, Integer.MAX_VALUE));
    }

    private World.Neighbour neighbour(Item item) {
        item.only("dev", "address", "mac");
        return new World.Neighbour((int) item.need("dev").number(0, 1, Integer.MAX_VALUE), address(item, item.need("address").text("")),
                mac(item.need("mac")));
    }

    private World.Socket socket(Item item) {
        item.only("cookie", "protocol", "state", "local", "port", "remote", "remote_port", "dev", "mark", "priority");
        String protocol = item.need("protocol").text("");
        int number = switch (protocol) {
            case "tcp" -> 6;
            case "udp" -> 17;
            default -> throw item.at("protocol").wrong("is " + protocol + ", expected tcp or udp");
        };
        InetAddress remote = optional(item.at("remote"));
        boolean waits = number == 6 && remote == null;
        return new World.Socket(item.need("cookie").number(0, Long.MIN_VALUE, Long.MAX_VALUE), number, (int) item.at("state").number(waits
                ? World.Socket.LISTEN
                : World.Socket.ESTABLISHED, 1, 255), address(item, item.need("local").text("")), port(item.need(
                        "port")), remote, port(item.at("remote_port")), item.at("dev").integer(0), item.at("mark").integer(0), item.at(
                                "priority").integer(0));
    }

    private static int port(Item item) {
        return (int) item.number(0, 0, LARGEST_PORT);
    }

    private static @Nullable InetAddress optional(Item item) {
        return item.value == null ? null : address(item, item.text(""));
    }

    private static InetAddress address(Item item, String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw item.wrong("is " + text + ", expected an IPv4 or IPv6 address");
        }
    }

    private static List<Byte> mac(Item item) {
        String text = item.text("00:00:00:00:00:00");
        if (!text.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
            throw item.wrong("is " + text + ", expected six bytes in hex with colons");
        }
        return hex(item, text.replace(":", ""));
    }

    private static List<Byte> hex(Item item, String text) {
        byte[] parsed;
        try {
            parsed = HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw item.wrong("is no hex: " + e.getMessage());
        }
        List<Byte> bytes = new ArrayList<>();
        for (byte octet : parsed) {
            bytes.add(octet);
        }
        return bytes;
    }

    /** Refuses a second element with the same key: it would never be found. */
    private <T> void once(Item list, List<T> elements, Function<T, Object> key, String named) {
        Map<Object, Integer> first = new HashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            Integer before = first.putIfAbsent(key.apply(elements.get(i)), i);
            if (before != null) {
                throw new Item(list, i).wrong("has the same " + named + " as " + new Item(list, before).place);
            }
        }
    }

    /** What is made of an element of a list. */
    @FunctionalInterface
    private interface Maker<T> {
        T make(Item item);
    }

    /** A value and where it stands. */
    private final class Item {
        private final String place;
        private final @Nullable Object value;

        Item(String place, @Nullable Object value) {
            this.place = place;
            this.value = value;
        }

        /** An element of a list. */
        Item(Item list, int index) {
            this(list.place + "[" + index + "]", list.value instanceof List<?> elements ? elements.get(index) : null);
        }

        UserError wrong(String what) {
            return new UserError(file + ": " + (place.isEmpty() ? "the document" : place) + " " + what);
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

        Item at(String name) {
            return new Item(place.isEmpty() ? name : place + "." + name, value instanceof Map<?, ?> map ? map.get(name) : null);
        }

        Item need(String name) {
            Item item = at(name);
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
                Item item = new Item(this, i);
                try {
                    all.add(maker.make(item));
                } catch (IllegalArgumentException e) {
                    throw item.wrong("is wrong: " + e.getMessage());
                }
            }
            return all;
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
}
