// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.input.HexBytes;
import dev.bpf4j.loader.LoadOptions;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file of trials: YAML, as in {@code docs/trials.md}. Whatever is wrong is a {@link dev.bpf4j.cli.UserError} with the place. */
final class TrialFile {
    private static final int MOST = 4 << 20;
    /** From the shortest Ethernet frame to what the kernel's test run takes of every type (Linux {@code net/bpf/test_run.c}). */
    private static final int SHORTEST = 60;
    private static final int LONGEST = 3400;
    private static final int MOST_ENTRIES = 1 << 20;

    private final Path file;
    private final Map<String, String> packets;
    private final String project;

    private TrialFile(Path file, String project, Map<String, String> packets) {
        this.file = file;
        this.project = project;
        this.packets = packets;
    }

    /** The trials of a file, in its order. */
    static List<Trial> read(Path file) throws IOException {
        YamlItem top = YamlItem.read(file, MOST, "a description of trials");
        top.only("project", "packets", "trials");
        TrialFile reader = new TrialFile(file, top.need("project").text(""), top.at("packets").members(item -> item.text("")));
        return top.need("trials").each(reader::trial);
    }

    private Trial trial(YamlItem item) {
        item.only("name", "object", "sha256", "program", "type", "start", "unsized", "max_entries", "symbols", "kconfig", "world",
                "context", "maps", "judge", "why",
                "packets", "capture", "verdicts", "after", "apart");
        LoadOptions options = LoadOptions.DEFAULT.withKconfig(item.at("kconfig").members(value -> value.text(""))).withSymbols(item.at(
                "symbols").members(value -> value.number(0, Long.MIN_VALUE, Long.MAX_VALUE))).withMaxEntries(item.at("max_entries")
                        .members(value -> (int) value.number(1, 1, Integer.MAX_VALUE)));
        if (!item.at("unsized").missing()) {
            options = options.withUnsized((int) item.at("unsized").number(1, 1, Integer.MAX_VALUE));
        }
        Machine.Settings settings = Machine.Settings.standard();
        if (!item.at("world").missing()) {
            settings = WorldFile.apply(item.at("world"), settings);
        }
        List<Trial.Packet> runs = item.at("packets").each(this::packet);
        Trial.Capture capture = capture(item.at("capture"));
        if (runs.isEmpty() && capture == null) {
            throw item.wrong("has neither packets nor a capture");
        }
        Map<String, Long> verdicts = item.at("verdicts").members(count -> count.number(0, 1, Long.MAX_VALUE));
        if ((capture == null) != verdicts.isEmpty()) {
            throw item.wrong("needs both of capture and verdicts, or none");
        }
        Trial.Judge judge = judge(item.need("judge"));
        String why = (judge == Trial.Judge.SOURCE ? item.need("why") : item.at("why")).text("");
        return new Trial(project, item.need("name").text(""), item.need("object").text(""), item.need("sha256").text(""), item.need(
                "program").text(""), type(item.at("type")), networkStart(item.at("start")), options, settings, new InitialMaps(file,
                        entries(item.at("maps"))), surroundings(item.at("context")),
                judge, why, runs, capture, verdicts, entries(item.at("after")), Set.copyOf(item.at("apart").each(map -> map.text(""))));
    }

    private static @Nullable ProgramType type(YamlItem item) {
        for (ProgramType type : ProgramType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(item.text(""))) {
                return type;
            }
        }
        if (!item.missing()) {
            throw item.wrong("is " + item.text("") + ", expected one of Linux's program types, such as socket_filter");
        }
        return null;
    }

    private static boolean networkStart(YamlItem item) {
        String start = item.text("");
        if (!item.missing() && !start.equals("network")) {
            throw item.wrong("is " + start + ", expected network");
        }
        return !item.missing();
    }

    private static Trial.Judge judge(YamlItem item) {
        for (Trial.Judge judge : Trial.Judge.values()) {
            if (judge.toString().equals(item.text(""))) {
                return judge;
            }
        }
        throw item.wrong("is " + item.text("") + ", expected kernel or source");
    }

    private Trial.Packet packet(YamlItem item) {
        item.only("packet", "verdict", "leaves", "redirect");
        YamlItem leaves = item.at("leaves");
        return new Trial.Packet(bytes(item.need("packet")), item.need("verdict").text("").toUpperCase(Locale.ROOT), leaves.missing() ? null
                : bytes(leaves), (int) item.at("redirect").number(0, 1, Integer.MAX_VALUE));
    }

    /** Hex, in which names of packets of the file may stand. */
    private byte[] bytes(YamlItem item) {
        StringBuilder text = new StringBuilder();
        for (String word : item.text("").split("\\s+")) {
            text.append(packets.getOrDefault(word, word));
        }
        return hex(item, text.toString());
    }

    private static byte[] hex(YamlItem item, String text) {
        try {
            return HexBytes.parse("hex", text);
        } catch (dev.bpf4j.cli.UserError e) {
            throw item.wrong("is no hex: " + e.getMessage());
        }
    }

    private Trial.@Nullable Capture capture(YamlItem item) {
        item.only("file", "shortest", "longest");
        return item.missing() ? null
                : new Trial.Capture(file.resolveSibling(item.need("file").text("")), (int) item.at("shortest").number(SHORTEST, 0,
                        1 << 20), (int) item.at("longest").number(LONGEST, 0, 1 << 20));
    }

    private static List<InitialMaps.Entry> entries(YamlItem item) {
        List<InitialMaps.Entry> all = new ArrayList<>();
        item.members(list -> list.each(entry -> {
            entry.only("key", "value", "count");
            return new Entries(hex(entry, entry.need("key").text("")), hex(entry, entry.at("value").text("")), (int) entry.at("count")
                    .number(1, 1, MOST_ENTRIES));
        })).forEach((map, list) -> list.forEach(entries -> entries.into(map, all)));
        return all;
    }

    /** The same value for a key and the ones after it, counted in the first four bytes, little-endian. */
    private record Entries(byte[] key, byte[] value, int count) {
        void into(String map, List<InitialMaps.Entry> all) {
            for (int i = 0; i < count; i++) {
                byte[] next = key.clone();
                if (i > 0) {
                    ByteBuffer words = ByteBuffer.wrap(next).order(ByteOrder.LITTLE_ENDIAN);
                    words.putInt(0, words.getInt(0) + i);
                }
                all.add(new InitialMaps.Entry(map, next, value));
            }
        }
    }

    private static Surroundings surroundings(YamlItem item) {
        item.only("ifindex", "ingress_ifindex", "mark", "priority", "hash");
        SkbContext.Meta plain = SkbContext.Meta.STANDARD;
        return new Surroundings(new XdpContext.Ingress(item.at("ingress_ifindex").integer(XdpContext.Ingress.STANDARD.ifindex()), 0),
                new byte[0], new SkbContext.Meta(item.at("ifindex").integer(plain.ifindex()), item.at("ingress_ifindex").integer(plain
                        .ingressIfindex()), item.at("mark").integer(0), item.at("priority").integer(0), item.at("hash").integer(0), List
                                .of(), 0, 0), 0, NetfilterContext.LOCAL_OUT);
    }
}
