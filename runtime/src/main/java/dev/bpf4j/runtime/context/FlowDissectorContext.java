// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.Lane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The context of flow dissectors: of {@code struct __sk_buff} the fields {@code data}, {@code data_end} and {@code flow_keys}, all else 0; and the
 * {@code struct bpf_flow_keys} that it points to. What is there before, and what is made of it after, is as in the kernel's test run (Linux 6.18,
 * {@code bpf_flow_dissect}). One difference: {@code bpf_skb_load_bytes} works, as on a real socket buffer, where the test run has none.
 */
public final class FlowDissectorContext extends PacketContext {
    /** Verdict: the keys are good. */
    public static final int OK = 0;
    /** Verdict: the packet cannot be dissected. */
    public static final int DROP = 2;
    /** Verdict: the kernel's own dissector is to do it. */
    public static final int CONTINUE = 129;

    private static final int SHORT_MASK = 0xffff;

    private int flags;

    private FlowDissectorContext(Lane lane) {
        super(lane, SkbField.SIZE + FlowKey.SIZE);
    }

    /** The lane's dissector context, made at the first call or if the lane had another one. */
    public static FlowDissectorContext of(Lane lane) {
        return of(lane, FlowDissectorContext.class, FlowDissectorContext::new);
    }

    /**
     * Prepares the lane: packet, context, keys, entry registers.
     *
     * @param frame    from the link-layer header on; not copied, so not to be changed until the next {@code prepare}
     * @param newFlags {@code BPF_FLOW_DISSECTOR_F_*}
     * @throws IllegalArgumentException if it is too large
     */
    public void prepare(byte[] frame, int newFlags, ByteOrder order) {
        flags = newFlags;
        place(frame, NO_METADATA, 0, order, 0);
    }

    @Override
    void describe() {
        clearContext();
        pointers();
        wide(SkbField.FLOW_KEYS, keysBase());
        if (length() >= ETHERNET_HEADER) {
            lane().write(keysBase() + FlowKey.N_PROTO.offset(), lane().read(data() + ETHERNET_HEADER - 2, 2));
        }
        half(FlowKey.NHOFF, ETHERNET_HEADER);
        half(FlowKey.THOFF, ETHERNET_HEADER);
        field(SkbField.SIZE + FlowKey.FLAGS.offset(), flags);
    }

    private long keysBase() {
        return lane().contextBase() + SkbField.SIZE;
    }

    private void half(FlowKey key, int value) {
        lane().write(keysBase() + key.offset(), ByteBuffer.allocate(2).order(order()).putShort((short) value).array());
    }

    @Override
    void pointers() {
        field(SkbField.DATA, (int) data());
        field(SkbField.DATA_END, (int) end());
    }

    /** {@code struct bpf_flow_keys} as the program left it, with its two offsets brought into the packet, as the kernel does; a copy. */
    public byte[] keys() {
        ByteBuffer keys = ByteBuffer.wrap(lane().read(keysBase(), FlowKey.SIZE)).order(order());
        int last = length() & SHORT_MASK;
        int network = clamp(keys.getShort(FlowKey.NHOFF.offset()) & SHORT_MASK, ETHERNET_HEADER, last);
        keys.putShort(FlowKey.NHOFF.offset(), (short) network);
        keys.putShort(FlowKey.THOFF.offset(), (short) clamp(keys.getShort(FlowKey.THOFF.offset()) & SHORT_MASK, network, last));
        return keys.array();
    }

    /** As the kernel's macro: if the bounds are the wrong way round, the upper one counts. */
    private static int clamp(int value, int least, int most) {
        return Math.min(Math.max(value, least), most);
    }

    @Override
    public String effects() {
        return Effects.join("flow_keys", HexFormat.of().formatHex(keys()));
    }

}
