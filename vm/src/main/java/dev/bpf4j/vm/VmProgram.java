// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Timers;
import dev.bpf4j.runtime.context.FlowDissectorContext;
import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.SkLookupContext;
import dev.bpf4j.runtime.context.SkMsgContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A program on a lane of its machine, lane 0 unless {@link #on} says otherwise. Whatever the program does, running it throws nothing: a fault is
 * an {@link Outcome.Fault}. A lane serves one thread at a time.
 */
public final class VmProgram {
    private final Engine engine;
    private final LoadedProgram loaded;
    private final Lane lane;

    private List<Timers.Ran> timers = List.of();

    VmProgram(Engine engine, LoadedProgram loaded, Lane lane) {
        this.engine = engine;
        this.loaded = loaded;
        this.lane = lane;
    }

    /** Name of the program. */
    public String name() {
        return source().name();
    }

    /** Type of the program, which says what it finds in r1. */
    public ProgramType type() {
        return source().type();
    }

    /** The program as it was before it was loaded. */
    public Program source() {
        return loaded.program().source();
    }

    /**
     * The same program on another lane.
     *
     * @param number from 0 to {@link Vm#lanes()} - 1
     * @throws IndexOutOfBoundsException if there is no such lane
     */
    public VmProgram on(int number) {
        return new VmProgram(engine, loaded, lane.machine().lane(number));
    }

    /** Asks the program to end, if it is running; it does so at its next backward jump or call, with a fault STOPPED. Any thread. */
    public void stop() {
        lane.stop();
    }

    // ---- memory ----

    /**
     * Runs the program on memory: r1 is its address, r2 its length. The bytes are copied in; {@link #memory()} gives what became of them.
     *
     * @throws IllegalArgumentException if there is more than a lane has room for
     */
    public Outcome run(byte[] memory) {
        lane.raw(memory);
        return run();
    }

    /**
     * Runs the program on a context, a structure of the program's type: r1 is its address.
     *
     * @throws IllegalArgumentException if it is larger than a lane has room for
     */
    public Outcome runContext(byte[] context) {
        lane.context(context);
        return run();
    }

    /** The memory or context of the last run as the program left it; a copy. */
    public byte[] memory() {
        return lane.contextBytes();
    }

    private Outcome run() {
        Outcome outcome = loaded.run(lane);
        timers = lane.machine().timers().expire(engine, lane);
        return outcome;
    }

    // ---- timers ----

    /** The timers of this lane that were due after the last run or {@link #pass}, in the order in which they ran. */
    public List<Timers.Ran> timers() {
        return timers;
    }

    /**
     * Lets time pass on this lane's clock, from one timer that becomes due to the next, and runs them.
     *
     * @param time not negative, at most some 292 years
     */
    public List<Timers.Ran> pass(Duration time) {
        timers = lane.machine().timers().pass(engine, lane, time.toNanos());
        return timers;
    }

    // ---- packets ----

    /** Sees what became of a packet. */
    @FunctionalInterface
    public interface PacketVisitor {
        /**
         * A run is over.
         *
         * @param index   position of the packet among those given
         * @param outcome how the run ended
         * @param packet  the packet as the program left it, valid during the call
         */
        void ran(int index, Outcome outcome, PacketContext packet);
    }

    /**
     * Runs the program on a packet, from its link-layer header on. For programs of XDP, tc, sockets, netfilter, flow dissectors; those that look
     * up sockets get the packet's addresses, those on messages get the bytes as a message.
     *
     * @throws IllegalArgumentException if the packet is too large
     * @throws IllegalStateException    if this is no program for packets
     */
    public PacketResult packet(byte[] frame) {
        PacketContext context = prepare(frame);
        Outcome outcome = run();
        return new PacketResult(outcome, context.packetBytes(), context.metadataBytes(), context.redirect());
    }

    /**
     * What the last run on a packet did beside its verdict, as {@code name=value} separated by blanks: the socket that was assigned, the flow
     * keys, for how many bytes of a message the verdict holds. The empty string if nothing.
     */
    public String effects() {
        return lane.environment() instanceof PacketContext context ? context.effects() : "";
    }

    private PacketContext prepare(byte[] frame) {
        return switch (type()) {
            case XDP -> {
                XdpContext context = XdpContext.of(lane);
                context.prepare(frame, new byte[0], XdpContext.Ingress.STANDARD, source().order());
                yield context;
            }
            case SK_MSG -> {
                SkMsgContext context = SkMsgContext.of(lane);
                context.prepare(frame, source().order());
                yield context;
            }
            case SK_LOOKUP -> {
                SkLookupContext context = SkLookupContext.of(lane);
                context.prepare(frame, SkbContext.Meta.STANDARD.ingressIfindex(), source().order());
                yield context;
            }
            case FLOW_DISSECTOR -> {
                FlowDissectorContext context = FlowDissectorContext.of(lane);
                context.prepare(frame, 0, source().order());
                yield context;
            }
            case NETFILTER -> {
                NetfilterContext context = NetfilterContext.of(lane);
                context.prepare(frame, NetfilterContext.LOCAL_OUT, SkbContext.Meta.STANDARD, source().order());
                yield context;
            }
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, SK_SKB -> skb(frame, SkbContext.Start.LINK);
            case CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL -> skb(frame, SkbContext.Start.NETWORK);
            case RAW, UNSPEC, KPROBE, TRACEPOINT, PERF_EVENT, CGROUP_SOCK, SOCK_OPS, CGROUP_DEVICE, RAW_TRACEPOINT,
                    CGROUP_SOCK_ADDR,
                    LIRC_MODE2, SK_REUSEPORT, CGROUP_SYSCTL, RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING, STRUCT_OPS,
                    EXT, LSM, SYSCALL -> throw new IllegalStateException(name() + " has type " + type()
                            + " and does not work on packets");
        };
    }

    private SkbContext skb(byte[] frame, SkbContext.Start start) {
        SkbContext context = SkbContext.of(lane);
        context.prepare(frame, start, SkbContext.Meta.STANDARD, source().order());
        return context;
    }

    /** Runs the program on packets one after the other, on this lane, without making objects for them. */
    public void packets(Iterable<byte[]> frames, PacketVisitor visitor) {
        int index = 0;
        for (byte[] frame : frames) {
            PacketContext context = prepare(frame);
            visitor.ran(index++, run(), context);
        }
    }

    /**
     * Runs the program on packets on all lanes of the machine at the same time; maps see them in no particular order. Nothing else may run on the
     * machine meanwhile.
     *
     * @return a result for each packet, in the order of the packets
     * @throws IllegalArgumentException if a packet is too large
     * @throws InterruptedException     if the thread is interrupted; packets that are running are finished
     */
    public List<PacketResult> batch(List<byte[]> frames) throws InterruptedException {
        int lanes = lane.machine().lanes();
        try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
            List<Future<List<PacketResult>>> shares = new ArrayList<>();
            for (int number = 0; number < lanes; number++) {
                VmProgram there = on(number);
                List<byte[]> share = frames.subList(share(frames.size(), number, lanes), share(frames.size(), number + 1, lanes));
                shares.add(threads.submit(() -> share.stream().map(there::packet).toList()));
            }
            List<PacketResult> results = new ArrayList<>(frames.size());
            for (Future<List<PacketResult>> share : shares) {
                results.addAll(share.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static int share(int size, int number, int lanes) {
        return Math.toIntExact((long) size * number / lanes);
    }
}
