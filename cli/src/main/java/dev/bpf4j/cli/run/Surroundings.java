// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;

/**
 * What comes with every packet: the fields of {@code --ctx}.
 *
 * @param ingress  for XDP: where it came in
 * @param metadata for XDP: bytes in front of it; not to be changed
 * @param socket   for socket buffers: their fields
 * @param flags    for flow dissectors: their flags
 * @param hook     for netfilter: the hook's number
 */
record Surroundings(XdpContext.Ingress ingress, byte[] metadata, SkbContext.Meta socket, int flags, int hook) {
    /** What holds without {@code --ctx}. */
    static final Surroundings STANDARD = new Surroundings(XdpContext.Ingress.STANDARD, new byte[0], SkbContext.Meta.STANDARD, 0,
            NetfilterContext.LOCAL_OUT);
}
