// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.rfc.SeededReference;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** An adapter for an engine of ours, as a process: the protocol's document read by somebody else, so to speak. */
public final class EngineAdapter {
    private static final int RETURNED = 0;
    private static final int FAULT = 1;
    private static final int REJECTED = 2;
    private static final int UNSUPPORTED = 4;

    private EngineAdapter() {
    }

    /** The command that runs it. */
    static List<String> command(String engine) {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp",
                classes,
                EngineAdapter.class.getName(), engine);
    }

    /** @param args the name of a {@link SeededReference}, or {@code rfc} */
    public static void main(String[] args) throws IOException {
        Engine engine = args[0].equals("rfc") ? new RfcReference() : SeededReference.valueOf(args[0]).engine();
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        OutputStream out = new BufferedOutputStream(System.out);
        frame(out, ("bpf4j-adapter 1\nname " + args[0] + "\n").getBytes(StandardCharsets.UTF_8));
        try (Machine machine = new Machine(Machine.Settings.standard().withHelpers(HelperTable.conformance()))) {
            while (true) {
                byte[] request = new byte[Integer.reverseBytes(in.readInt())];
                in.readFully(request);
                frame(out, answer(engine, machine, ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN)));
            }
        } catch (EOFException e) {
            out.close();
        }
    }

    private static void frame(OutputStream out, byte[] payload) throws IOException {
        out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(payload.length).array());
        out.write(payload);
        out.flush();
    }

    private static byte[] answer(Engine engine, Machine machine, ByteBuffer request) {
        int number = request.getInt();
        int flags = request.getInt();
        ByteOrder order = (flags & 1) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long address = request.getLong();
        long stack = request.getLong();
        byte[] memory = new byte[request.getInt()];
        byte[] code = new byte[request.getInt()];
        boolean timed = (flags & 2) != 0;
        long times = timed ? request.getLong() : 1;
        request.get(memory).get(code);
        Lane lane = machine.lane(0);
        if (address != 0 && address != lane.contextBase() || stack != 0 && stack != lane.stackTop()) {
            return reply(number, UNSUPPORTED, 0, OptionalLong.empty(), new long[0], new byte[0], "not at this address");
        }
        machine.unlinkFrom(0);
        try {
            var loaded = machine.load(engine, machine.link(Program.raw("program", order, code)));
            lane.raw(memory);
            long start = System.nanoTime();
            Outcome outcome = loaded.observe(lane);
            for (long i = 1; i < times; i++) {
                outcome = again(loaded, lane);
            }
            OptionalLong nanos = timed ? OptionalLong.of(System.nanoTime() - start) : OptionalLong.empty();
            return switch (outcome) {
                case Outcome.Returned(long r0) -> reply(number, RETURNED, r0, nanos, lane.exitRegisters(), lane.contextBytes(), "");
                case Outcome.Fault fault -> reply(number, FAULT, 0, OptionalLong.empty(), new long[0], new byte[0], fault.toString());
            };
        } catch (LoadException e) {
            return reply(number, REJECTED, 0, OptionalLong.empty(), new long[0], new byte[0], String.valueOf(e.getMessage()));
        }
    }

    /** Runs it over what the run before has left in memory. */
    private static Outcome again(LoadedProgram loaded, Lane lane) {
        lane.raw(lane.contextBytes());
        return loaded.observe(lane);
    }

    private static byte[] reply(int number, int status, long r0, OptionalLong nanos, long[] registers, byte[] memory, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer reply = ByteBuffer.allocate(24 + (nanos.isPresent() ? 8 : 0) + 8 * registers.length + memory.length + text.length).order(
                ByteOrder.LITTLE_ENDIAN);
        int flags = (registers.length > 0 ? 1 : 0) | (memory.length > 0 ? 2 : 0) | (nanos.isPresent() ? 4 : 0);
        reply.putInt(number).putInt(status).putInt(flags).putInt(text.length).putLong(r0);
        nanos.ifPresent(reply::putLong);
        for (long register : registers) {
            reply.putLong(register);
        }
        return reply.put(memory).put(text).array();
    }
}
