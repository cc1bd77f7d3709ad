// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.context.PacketContext;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What came of a run, and assertions about it. Each gives the run again, so that they can be chained; what does not hold is an
 * {@link AssertionFailedError} with what was expected and what was found.
 */
public final class BpfRun {
    private static final int LINE = 16;

    private final String program;
    private final Outcome outcome;
    private final byte[] before;
    private final byte[] after;
    private final byte[] metadata;
    private final PacketContext.@Nullable Redirect redirect;
    private final String effects;

    BpfRun(String program, Outcome outcome, byte[] before, byte[] after, byte[] metadata, PacketContext.@Nullable Redirect redirect,
            String effects) {
        this.program = program;
        this.outcome = outcome;
        this.before = before;
        this.after = after;
        this.metadata = metadata;
        this.redirect = redirect;
        this.effects = effects;
    }

    /** How it ended. */
    public Outcome outcome() {
        return outcome;
    }

    /** The packet, memory or context as the program left it; a copy. */
    public byte[] bytes() {
        return after.clone();
    }

    /** The metadata in front of the packet; a copy, empty if there is none. */
    public byte[] metadata() {
        return metadata.clone();
    }

    /** Where the program sent the packet; null if it did not. */
    public PacketContext.@Nullable Redirect redirect() {
        return redirect;
    }

    /**
     * What the program did beside its verdict, as {@code name=value} separated by blanks: {@code assigned=7}, {@code apply=100 cork=200},
     * {@code flow_keys=…}; the empty string if nothing.
     */
    public String effects() {
        return effects;
    }

    /** Beside its verdict the program did exactly this. */
    public BpfRun hasEffects(String expected) {
        if (!effects.equals(expected)) {
            throw new AssertionFailedError("effects of program " + program + ": expected \"" + expected + "\", but they were \"" + effects
                    + "\"", expected, effects);
        }
        return this;
    }

    /** r0, if the program returned. */
    public long returned() {
        return switch (outcome) {
            case Outcome.Returned(long r0) -> r0;
            case Outcome.Fault fault -> throw new AssertionFailedError("program " + program + " should have returned, but " + words(fault));
        };
    }

    private static String words(Outcome.Fault fault) {
        return "it faulted: " + fault.kind() + " at instruction " + fault.pc() + (fault.detail().isEmpty() ? "" : ", " + fault.detail());
    }

    /** The program returned this verdict, the lower 32 bits of r0: {@code XdpContext.DROP}, {@code SkbContext.TC_ACT_OK}, … */
    public BpfRun hasVerdict(int verdict) {
        int found = (int) returned();
        if (found != verdict) {
            throw new AssertionFailedError("verdict of program " + program + ": expected " + verdict + ", but it was " + found, verdict,
                    found);
        }
        return this;
    }

    /** The program returned this value in r0. */
    public BpfRun hasReturned(long r0) {
        long found = returned();
        if (found != r0) {
            throw new AssertionFailedError("r0 of program " + program + ": expected 0x" + Long.toHexString(r0) + ", but it was 0x" + Long
                    .toHexString(found), r0, found);
        }
        return this;
    }

    /** The program ended with a fault of this kind. */
    public BpfRun hasFaulted(FaultKind kind) {
        boolean so = outcome instanceof Outcome.Fault fault && fault.kind() == kind;
        if (!so) {
            String found = switch (outcome) {
                case Outcome.Returned(long r0) -> "it returned 0x" + Long.toHexString(r0);
                case Outcome.Fault fault -> words(fault);
            };
            throw new AssertionFailedError("program " + program + " should have faulted with " + kind + ", but " + found);
        }
        return this;
    }

    /** The packet, memory or context is what it was before. */
    public BpfRun isUnchanged() {
        return compare("should be unchanged", before, after);
    }

    /** The packet, memory or context is now this. */
    public BpfRun leaves(byte[] expected) {
        return compare("is not what was expected", expected, after);
    }

    /** The packet, memory or context is now this, written in hex; blanks do not matter. */
    public BpfRun leaves(String hex) {
        return leaves(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    /** The metadata in front of the packet is this. */
    public BpfRun hasMetadata(byte[] expected) {
        return compare("has other metadata", expected, metadata);
    }

    /** The packet is sent to an interface. Whether it counts is said by the verdict. */
    public BpfRun redirectsTo(int ifindex) {
        PacketContext.Redirect to = redirect;
        if (to == null || to.ifindex() != ifindex) {
            throw new AssertionFailedError("packet of program " + program + ": expected to be redirected to interface " + ifindex
                    + ", but it was " + (to == null ? "not redirected" : "redirected to " + to), ifindex, to);
        }
        return this;
    }

    private BpfRun compare(String what, byte[] expected, byte[] found) {
        int at = Arrays.mismatch(expected, found);
        if (at >= 0) {
            throw new AssertionFailedError("packet or memory of program " + program + " " + what + ": first difference at byte " + at
                    + " of "
                    + expected.length + (found.length == expected.length ? "" : ", " + found.length + " found") + "\nexpected:\n" + dump(
                            expected) + "found:\n" + dump(found), HexFormat.of().formatHex(expected), HexFormat.of().formatHex(found));
        }
        return this;
    }

    private static String dump(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += LINE) {
            text.append(String.format("  %04x  ", at)).append(HexFormat.ofDelimiter(" ").formatHex(bytes, at, Math.min(bytes.length, at
                    + LINE))).append('\n');
        }
        return text.toString();
    }
}
