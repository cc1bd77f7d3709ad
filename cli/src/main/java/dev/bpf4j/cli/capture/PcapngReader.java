// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The block format (draft-ietf-opsawg-pcapng): sections, each with a byte order and interfaces of its own; packets name their interface.
 *
 * <p>
 * A block is its type, its length, a body, and the length again. Fields are read from the body one by one; what a block has beyond the known
 * fields (options, padding) is skipped without being kept, as are blocks of other types.
 */
final class PcapngReader implements CaptureReader {
    /** Type of a section header, the same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d_0d0a;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b_3c4d;
    private static final int BYTE_ORDER_MAGIC_SWAPPED = 0x4d3c_2b1a;
    private static final long INTERFACE = 1;
    private static final long OBSOLETE_PACKET = 2;
    private static final long SIMPLE_PACKET = 3;
    private static final long ENHANCED_PACKET = 6;
    private static final int OPTION_END = 0;
    private static final int OPTION_TIME_RESOLUTION = 9;
    private static final int OPTION_TIME_OFFSET = 14;
    /** Type, length, and length again. */
    private static final int FRAME = 12;
    private static final int MOST_INTERFACES = 1 << 16;

    private final CaptureInput input;
    private final List<Interface> interfaces = new ArrayList<>();
    private long packets;
    /** Where the current block starts. */
    private long block;
    /** Bytes of the current block's body that were not read yet. */
    private long rest;

    private record Interface(int linkType, long snapshotLength, TimeResolution time) {}

    PcapngReader(CaptureInput input) throws IOException {
        this.input = input;
        input.need(FRAME, "the section header");
    }

    @Override
    public @Nullable CapturedPacket next() throws IOException {
        while (!input.atEnd()) {
            block = input.offset();
            input.need(FRAME, "a block");
            if (input.peek(0) == SECTION_HEADER) {
                input.order(byteOrder());
                interfaces.clear();
            }
            long type = input.u32();
            long length = input.u32();
            if (length < FRAME || length % 4 != 0) {
                throw input.error(block + 4, "a block of " + length + " bytes, expected a multiple of 4 and at least " + FRAME);
            }
            rest = length - FRAME;
            CapturedPacket packet = body(type);
            input.skip(rest, "a block");
            input.need(4, "the end of a block");
            long again = input.u32();
            if (again != length) {
                throw input.error(input.offset() - 4, "the length at the end of the block at offset " + block + " is " + again
                        + ", expected "
                        + length + " as at its start");
            }
            if (packet != null) {
                return packet;
            }
        }
        return null;
    }

    private ByteOrder byteOrder() throws CaptureException {
        int magic = input.peek(8);
        return switch (magic) {
            case BYTE_ORDER_MAGIC -> ByteOrder.BIG_ENDIAN;
            case BYTE_ORDER_MAGIC_SWAPPED -> ByteOrder.LITTLE_ENDIAN;
            default -> throw input.error(block + 8,
                    String.format(Locale.ROOT, "byte-order magic %08x of a section, expected 1a2b3c4d or 4d3c2b1a", magic));
        };
    }

    /** Reads what is of interest in a block's body; the packet if it is one. */
    private @Nullable CapturedPacket body(long type) throws IOException {
        if (type == SECTION_HEADER) {
            section();
        } else if (type == INTERFACE) {
            addInterface();
        } else if (type == ENHANCED_PACKET) {
            fields(20, "an enhanced packet block");
            return packet(input.u32());
        } else if (type == OBSOLETE_PACKET) {
            fields(20, "a packet block");
            long interfaceId = input.u16();
            input.u16(); // number of packets lost
            return packet(interfaceId);
        } else if (type == SIMPLE_PACKET) {
            fields(4, "a simple packet block");
            return simplePacket();
        }
        return null;
    }

    private void section() throws IOException {
        fields(16, "a section header block");
        input.u32(); // byte-order magic
        int major = input.u16();
        int minor = input.u16();
        if (major != 1) {
            throw input.error(block + 12, "pcapng version " + major + "." + minor + ", expected 1.0");
        }
        input.u32(); // length of the section, 64 bits: it follows from its blocks
        input.u32();
    }

    private void addInterface() throws IOException {
        if (interfaces.size() == MOST_INTERFACES) {
            throw input.error(block, "more than " + MOST_INTERFACES + " interfaces in a section");
        }
        fields(8, "an interface description block");
        int linkType = input.u16();
        input.u16(); // reserved
        long snapshotLength = input.u32();
        interfaces.add(new Interface(linkType, snapshotLength, timeResolution()));
    }

    /** Reads an interface's options. */
    private TimeResolution timeResolution() throws IOException {
        int code = TimeResolution.DEFAULT.code();
        long offset = TimeResolution.DEFAULT.offset();
        while (rest >= 4) {
            long at = input.offset();
            fields(4, "an option");
            int option = input.u16();
            int length = input.u16();
            if (option == OPTION_END) {
                break;
            }
            int padded = length + 3 & ~3;
            if (padded > rest) {
                throw input.error(at + 2, "option " + option + " has " + length + " bytes, but its block ends after " + rest);
            }
            if (option == OPTION_TIME_RESOLUTION && length >= 1) {
                fields(1, "an option");
                padded--;
                code = input.u8();
            } else if (option == OPTION_TIME_OFFSET && length >= 8) {
                fields(8, "an option");
                padded -= 8;
                offset = u64();
            }
            leaveOut(padded);
        }
        return new TimeResolution(code, offset);
    }

    /** The fields that enhanced and obsolete packet blocks have in common. */
    private CapturedPacket packet(long interfaceId) throws IOException {
        packets++;
        if (interfaceId >= interfaces.size()) {
            throw input.error(block + 8, "packet " + packets + " is of interface " + interfaceId + ", but the section has described "
                    + interfaces.size());
        }
        Interface from = interfaces.get((int) interfaceId);
        long high = input.u32();
        long ticks = high << 32 | input.u32();
        long captured = input.u32();
        long original = input.u32();
        checkLength(captured, 20);
        byte[] bytes = bytes(captured);
        return new CapturedPacket(from.time().seconds(ticks), from.time().nanos(ticks), from.linkType(), original, bytes);
    }

    private CapturedPacket simplePacket() throws IOException {
        packets++;
        long original = input.u32();
        if (interfaces.isEmpty()) {
            throw input.error(block, "packet " + packets + " is of interface 0, but the section has described none");
        }
        Interface from = interfaces.getFirst();
        long captured = from.snapshotLength() == 0 ? original : Math.min(original, from.snapshotLength());
        checkLength(captured, 8);
        return new CapturedPacket(0, 0, from.linkType(), original, bytes(captured));
    }

    /** @param field distance of the length field from the block's start */
    private void checkLength(long captured, int field) throws CaptureException {
        if (captured > MAX_PACKET) {
            throw input.error(block + field, "packet " + packets + " has " + captured + " captured bytes, expected at most " + MAX_PACKET);
        }
        if (captured > rest) {
            throw input.error(block + field, "packet " + packets + " has " + captured + " captured bytes, but its block ends after "
                    + rest);
        }
    }

    private byte[] bytes(long captured) throws IOException {
        rest -= captured;
        return input.take((int) captured, "packet " + packets);
    }

    /** Makes sure that the body has these fields, and takes them off what is left of it. */
    private void fields(int bytes, String what) throws IOException {
        if (bytes > rest) {
            throw input.error(block + 4, what + " needs " + bytes + " bytes more than its length allows; " + rest + " are left");
        }
        input.need(bytes, what);
        rest -= bytes;
    }

    private void leaveOut(int bytes) throws IOException {
        input.skip(bytes, "an option");
        rest -= bytes;
    }

    private long u64() {
        long first = input.u32();
        long second = input.u32();
        return input.order() == ByteOrder.BIG_ENDIAN ? first << 32 | second : second << 32 | first;
    }

    /** The resolution is a matter of each interface, and interfaces may come at any time. */
    @Override
    public boolean nanoseconds() {
        return true;
    }

    @Override
    public long position() {
        return input.offset();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
