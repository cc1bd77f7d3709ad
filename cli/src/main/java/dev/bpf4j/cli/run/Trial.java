// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.loader.LoadOptions;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.ProgramType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program of an object that is not here, on packets, with what must come of it: {@code docs/trials.md}.
 *
 * @param project  whose object it is, with its version
 * @param name     what is tried
 * @param object   the object's path in the folder of objects
 * @param sha256   the object's hash, lower case hex
 * @param program  the program's name
 * @param type     run it as this, whatever its section says; null: as its section says
 * @param networkStart whether a socket filter sees packets from their network header on, as the kernel's test run shows them
 * @param options  what the object leaves to whoever loads it
 * @param settings the machine
 * @param initial  what maps hold before the first packet
 * @param with     what comes with every packet
 * @param judge    who says what is right
 * @param why      how the expectation was found, if nobody but the author said it
 * @param packets  packets with what must come of each
 * @param capture  more packets; null if there are none
 * @param verdicts how many packets of the capture must get which verdict
 * @param after    entries that maps must hold at the end
 * @param apart    maps that are not compared with the kernel's
 */
record Trial(String project, String name, String object, String sha256, String program, @Nullable ProgramType type, boolean networkStart,
        LoadOptions options, Machine.Settings settings,
        InitialMaps initial, Surroundings with, Judge judge, String why, List<Packet> packets, @Nullable Capture capture,
        Map<String, Long> verdicts, List<InitialMaps.Entry> after, Set<String> apart) {

    /** Who says what is right. */
    enum Judge {
        /** The running kernel's test run. What it said is in the file as well, for places where it cannot be asked. */
        KERNEL,
        /** An expectation that was derived from the program's source before it was run. */
        SOURCE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A packet.
     *
     * @param bytes    from its link-layer header on; not to be changed
     * @param verdict  what the program must say
     * @param leaves   the packet afterwards; null: as it was. Not to be changed
     * @param redirect the interface that it is sent to; 0: none is expected
     */
    record Packet(byte[] bytes, String verdict, byte @Nullable [] leaves, int redirect) {}

    /**
     * The packets of a capture that the kernel's test run takes.
     *
     * @param file     the capture
     * @param shortest bytes of the shortest packet that is taken
     * @param longest  bytes of the longest one
     */
    record Capture(Path file, int shortest, int longest) {}
}
