// SPDX-License-Identifier: Apache-2.0
/**
 * Contexts: what a program is given in r1, and the packet behind it.
 *
 * <p>
 * A lane is prepared, the program is run, the result is read. The packet lies in the lane's packet buffer; it is copied in, and the result is a
 * view that stays valid until the next run (Ruling 15):
 *
 * <pre>{@code
 * XdpContext xdp = XdpContext.of(lane);
 * xdp.prepare(frame);                       // packet, xdp_md, entry registers
 * Outcome outcome = loaded.run(lane);       // XDP_PASS is 2, XDP_TX is 3, …
 * byte[] out = xdp.packetBytes();
 * xdp.restore();                            // the same packet again, for the next repeat
 * }</pre>
 *
 * <p>
 * {@link dev.bpf4j.runtime.context.SkbContext} does the same for socket filters and tc ({@code __sk_buff}); raw memory is
 * {@link dev.bpf4j.runtime.Lane#raw}. The fields of both contexts stand in {@link dev.bpf4j.runtime.context.XdpField} and
 * {@link dev.bpf4j.runtime.context.SkbField}, once each.
 *
 * <p>
 * A program can write anything into its context. The host therefore keeps where the packet is in the {@link
 * dev.bpf4j.runtime.context.PacketContext} and never reads it back from there; what a program sets for the host (mark, priority, cb) it reads
 * as plain values.
 */
@NullMarked
package dev.bpf4j.runtime.context;

import org.jspecify.annotations.NullMarked;
