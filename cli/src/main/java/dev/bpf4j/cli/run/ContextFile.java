// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.HexBytes;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.cli.json.JsonInput;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file of {@code --ctx}: for packets JSON with fields of the context, for other programs the context's bytes. */
final class ContextFile {
    private static final long U32 = 0xffff_ffffL;
    private static final int MAX_JSON = 1 << 20;
    private static final int MOST_METADATA = GuestLayout.PACKET_HEADROOM - 40;

    private int ifindex = XdpContext.Ingress.STANDARD.ifindex();
    private int ingressIfindex = SkbContext.Meta.STANDARD.ingressIfindex();
    private int queue;
    private byte[] metadata = {};
    private int mark;
    private int priority;
    private int hash;
    private int gsoSize;
    private int flags;
    private int hook = NetfilterContext.LOCAL_OUT;
    private long tstamp;
    private final List<Integer> cb = new ArrayList<>();

    private ContextFile() {
    }

    /** The bytes of a context. */
    static byte[] bytes(Path file) throws IOException {
        return InputFile.read(file, GuestLayout.CONTEXT_MAX, "the bytes of a context");
    }

    /**
     * The fields that come with packets.
     *
     * @param kind of a program on packets; decides which fields there are
     */
    static Surroundings fields(Path file, ContextKind kind) throws IOException {
        byte[] bytes = InputFile.read(file, MAX_JSON, "JSON with fields of the context");
        ContextFile fields = new ContextFile();
        try (JsonInput json = new JsonInput(file.toString(), bytes)) {
            json.object(name -> {
                switch (kind) {
                    case XDP -> fields.xdp(json, name);
                    case SKB, SKB_NETWORK -> fields.socket(json, name);
                    case LOOKUP -> fields.lookup(json, name);
                    case DISSECTOR -> fields.dissector(json, name);
                    case NETFILTER -> fields.netfilter(json, name);
                    case MESSAGE, MEMORY, BYTES -> throw json.error("field " + name
                            + ", but the context of such programs has none to be given; their socket is the world's");
                }
            });
            json.end();
        }
        return new Surroundings(new XdpContext.Ingress(fields.ifindex, fields.queue), fields.metadata, new SkbContext.Meta(fields.ifindex,
                fields.ingressIfindex, fields.mark, fields.priority, fields.hash, fields.cb, fields.tstamp, fields.gsoSize), fields.flags,
                fields.hook);
    }

    private void xdp(JsonInput json, String name) {
        switch (name) {
            case "ingress_ifindex" -> ifindex = (int) json.number(0, U32);
            case "rx_queue_index" -> queue = (int) json.number(0, U32);
            case "metadata" -> metadata(json);
            default -> throw json.error("field " + name + ", expected ingress_ifindex, rx_queue_index or metadata");
        }
    }

    private void lookup(JsonInput json, String name) {
        switch (name) {
            case "ingress_ifindex" -> ingressIfindex = (int) json.number(0, U32);
            default -> throw json.error("field " + name + ", expected ingress_ifindex");
        }
    }

    private void dissector(JsonInput json, String name) {
        switch (name) {
            case "flags" -> flags = (int) json.number(0, U32);
            default -> throw json.error("field " + name + ", expected flags");
        }
    }

    private void netfilter(JsonInput json, String name) {
        switch (name) {
            case "hook" -> hook = (int) json.number(0, NetfilterContext.LAST_HOOK);
            case "in" -> ingressIfindex = (int) json.number(0, U32);
            case "out" -> ifindex = (int) json.number(0, U32);
            case "mark" -> mark = (int) json.number(0, U32);
            case "priority" -> priority = (int) json.number(0, U32);
            case "hash" -> hash = (int) json.number(0, U32);
            default -> throw json.error("field " + name + ", expected hook, in, out, mark, priority or hash");
        }
    }

    private void metadata(JsonInput json) {
        String text = json.string();
        try {
            metadata = HexBytes.parse("metadata", text);
        } catch (UserError e) {
            throw json.error(String.valueOf(e.getMessage()));
        }
        if (metadata.length % 4 != 0 || metadata.length > MOST_METADATA) {
            throw json.error("metadata of " + metadata.length + " bytes, expected a multiple of 4, at most " + MOST_METADATA);
        }
    }

    private void socket(JsonInput json, String name) {
        switch (name) {
            case "ifindex" -> ifindex = (int) json.number(0, U32);
            case "ingress_ifindex" -> ingressIfindex = (int) json.number(0, U32);
            case "mark" -> mark = (int) json.number(0, U32);
            case "priority" -> priority = (int) json.number(0, U32);
            case "hash" -> hash = (int) json.number(0, U32);
            case "gso_size" -> gsoSize = (int) json.number(0, U32);
            case "tstamp" -> tstamp = json.number(0, Long.MAX_VALUE);
            case "cb" -> json.array(() -> {
                if (cb.size() == 5) {
                    throw json.error("cb has 5 words");
                }
                cb.add((int) json.number(0, U32));
            });
            default -> throw json.error("field " + name
                    + ", expected ifindex, ingress_ifindex, mark, priority, hash, gso_size, tstamp or cb");
        }
    }
}
