// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.compare;

import java.util.EnumSet;
import java.util.Set;

/**
 * What an engine cannot have in common with others, and why. The list is closed: an aspect that is not named here is compared.
 */
public enum Incomparable {
    /** Only programs over raw memory and registers are put to the kernel. */
    LINUX_PACKET("linux", Aspect.PACKET, "the kernel runs the program over registers and scratch memory; there is no packet"),
    /** Helpers of the kernel are the kernel's. */
    LINUX_HELPERS("linux", Aspect.HELPERS, "calls inside the kernel are not seen"),
    /** A refusal of the verifier is a result of its own, not a difference. */
    LINUX_ACCEPTANCE("linux", Aspect.ACCEPTANCE, "the verifier refuses programs that RFC 9669 allows (Ruling 16)"),
    /** Native engines are for little-endian programs. */
    X86_64_ACCEPTANCE("x86-64", Aspect.ACCEPTANCE, "native engines refuse big-endian programs (Ruling 13)"),
    /** As before. */
    ARM64_ACCEPTANCE("arm64", Aspect.ACCEPTANCE, "native engines refuse big-endian programs (Ruling 13)"),
    /** Outside runtimes print r0. */
    PLUGIN_REGISTERS("plugin", Aspect.REGISTERS, "the public plugin protocol returns r0 only"),
    /** As before. */
    PLUGIN_MEMORY("plugin", Aspect.MEMORY, "the public plugin protocol returns r0 only"),
    /** As before. */
    PLUGIN_PACKET("plugin", Aspect.PACKET, "the public plugin protocol returns r0 only"),
    /** As before. */
    PLUGIN_MAPS("plugin", Aspect.MAPS, "the public plugin protocol returns r0 only"),
    /** As before. */
    PLUGIN_HELPERS("plugin", Aspect.HELPERS, "the public plugin protocol returns r0 only");

    private final String engine;
    private final Aspect aspect;
    private final String reason;

    Incomparable(String engine, Aspect aspect, String reason) {
        this.engine = engine;
        this.aspect = aspect;
        this.reason = reason;
    }

    /** The engine's name, or what it starts with. */
    public String engine() {
        return engine;
    }

    /** What is not compared. */
    public Aspect aspect() {
        return aspect;
    }

    /** Why not. */
    public String reason() {
        return reason;
    }

    /** What is not compared between two engines. */
    public static Set<Aspect> between(String first, String second) {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        for (Incomparable entry : values()) {
            if (first.startsWith(entry.engine) || second.startsWith(entry.engine)) {
                aspects.add(entry.aspect);
            }
        }
        return aspects;
    }
}
