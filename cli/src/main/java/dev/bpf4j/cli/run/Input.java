// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.capture.CapturedPacket;
import org.jspecify.annotations.Nullable;

/**
 * What one run works on.
 *
 * @param kind     where the bytes go
 * @param bytes    the packet, the memory, or the context; not to be changed
 * @param captured where the packet comes from; null if it is none of a capture
 */
record Input(ContextKind kind, byte[] bytes, @Nullable CapturedPacket captured) {
    static Input of(ContextKind kind, byte[] bytes) {
        return new Input(kind, bytes, null);
    }
}
