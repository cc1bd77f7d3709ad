// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.context.PacketContext;
import org.jspecify.annotations.Nullable;

/**
 * What became of a packet.
 *
 * @param outcome  how the run ended
 * @param packet   the packet as the program left it
 * @param metadata what the program put in front of it ({@code bpf_xdp_adjust_meta}); empty if nothing
 * @param redirect where the program sent it; null if it did not. Counts only if the verdict says so
 */
public record PacketResult(Outcome outcome, byte[] packet, byte[] metadata, PacketContext.@Nullable Redirect redirect) {

    /**
     * The program's verdict, r0 as a number of 32 bits: {@code XDP_PASS}, {@code TC_ACT_OK} and so on.
     *
     * @throws IllegalStateException if the run ended with a fault
     */
    public int verdict() {
        return switch (outcome) {
            case Outcome.Returned(long r0) -> (int) r0;
            case Outcome.Fault fault -> throw new IllegalStateException("no verdict: " + fault);
        };
    }
}
