// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static dev.bpf4j.conformance.rfc.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Region;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.helper.HelperTable;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One test per thing that a ruling of the design says about execution, named after the ruling. */
class RulingsTest {
    private static final int CALL = 0x85;
    private static final int CALLX = 0x8d;
    private static final int GOTOX = 0x0d;
    private static final int MAY_GOTO = 0xe5;
    private static final int JA = 0x05;
    private static final int LDXDW = 0x79;
    private static final int STDW = 0x7a;
    private static final long SHARED = GuestLayout.MAP_BASE;

    private static Outcome.Fault fault(FaultKind kind, int pc) {
        return Rig.expected(kind, pc, 0, 0, false);
    }

    private static void assertFault(Outcome actual, Outcome.Fault expected) {
        assertThat(actual).matches(outcome -> outcome.sameAs(expected), "is " + expected);
    }

    @Test
    void ruling01_entry() {
        try (Rig rig = Rig.strict()) {
            rig.lane.raw(new byte[] {1, 2, 3});
            assertThat(rig.returned(code().exit())).isZero();
            assertThat(rig.register(1)).isEqualTo(rig.lane.contextBase());
            assertThat(rig.register(2)).isEqualTo(3);
            for (int register = 3; register < 10; register++) {
                assertThat(rig.register(register)).as("r%d", register).isZero();
            }
            assertThat(rig.returned(code().copy(0, 10).exit())).isEqualTo(rig.lane.stackTop());
            rig.lane.raw(new byte[0]);
            rig.returned(code().exit());
            assertThat(rig.register(1)).isZero();
        }
    }

    @Test
    void ruling02_stackIsZeroAtTheStartOfARun() {
        try (Rig rig = Rig.strict()) {
            Code program = code().i(LDXDW, 0, 10, -8, 0).i(STDW, 10, 0, -8, 7).exit();
            assertThat(rig.returned(program)).isZero();
            assertThat(rig.returned(program)).isZero();
        }
    }

    @Test
    void ruling02_stackIsNotClearedAtCalls() {
        try (Rig rig = Rig.strict()) {
            Code program = code().i(CALL, 0, 1, 0, 2).i(CALL, 0, 1, 0, 1).exit().i(LDXDW, 0, 10, -8, 0).i(STDW, 10, 0, -8, 7).exit();
            assertThat(rig.returned(program)).isEqualTo(7);
        }
    }

    @Test
    void ruling02_theCalleesFrameIs512Lower() {
        try (Rig rig = Rig.strict()) {
            assertThat(rig.returned(code().i(CALL, 0, 1, 0, 1).exit().copy(0, 10).exit())).isEqualTo(rig.lane.stackTop() - 512);
        }
    }

    @Test
    void ruling02_theStackRegionGoesFromTheRunningFrameToTheTop() {
        try (Rig rig = Rig.strict()) {
            long top = rig.lane.stackTop();
            assertThat(rig.returned(code().i(STDW, 10, 0, -512, 7).i(LDXDW, 0, 10, -512, 0).exit())).isEqualTo(7);
            assertFault(rig.observe(code().i(LDXDW, 0, 10, -513, 0).exit()), Rig.expected(FaultKind.BAD_ACCESS, 0, top - 513, 8, false));
            assertFault(rig.observe(code().i(LDXDW, 0, 10, -7, 0).exit()), Rig.expected(FaultKind.BAD_ACCESS, 0, top - 7, 8, false));
            Code callerFrame = code().i(STDW, 10, 0, -8, 9).i(CALL, 0, 1, 0, 1).exit().i(LDXDW, 0, 10, 504, 0).exit();
            assertThat(rig.returned(callerFrame)).isEqualTo(9);
            Code afterReturn = code().i(CALL, 0, 1, 0, 2).i(LDXDW, 0, 10, -520, 0).exit().i(STDW, 10, 0, -8, 9).exit();
            assertFault(rig.observe(afterReturn), Rig.expected(FaultKind.BAD_ACCESS, 1, top - 520, 8, false));
        }
    }

    @Test
    void ruling02_callDepth() {
        // r1 counts down; the function calls itself until it is 0
        Code recursion = code().i(CALL, 0, 1, 0, 1).exit().i(0x15, 1, 0, 2, 0).i(0x17, 1, 0, 0, 1).i(CALL, 0, 1, 0, -3).copy(0, 10).exit();
        try (Rig rig = Rig.strict()) {
            rig.lane.entry()[1] = 6; // main and 7 more
            assertThat(rig.returned(recursion)).isEqualTo(rig.lane.stackTop() - 512);
            rig.lane.entry()[1] = 7;
            assertFault(rig.observe(recursion), fault(FaultKind.CALL_DEPTH, 4));
        }
        try (Rig rig = Rig.limits(Limits.DEFAULT.withFrames(1))) {
            assertFault(rig.observe(recursion), fault(FaultKind.CALL_DEPTH, 0));
        }
    }

    @Test
    void ruling03_localCallsRestoreTheUpperRegisters() {
        Code program = code();
        for (int register = 0; register < 10; register++) {
            program.mov(register, 100 + register);
        }
        program.i(CALL, 0, 1, 0, 1).exit();
        for (int register = 0; register < 10; register++) {
            program.i(0x27, register, 0, 0, 2);
        }
        program.exit();
        try (Rig rig = Rig.strict()) {
            rig.returned(program);
            for (int register = 0; register < 10; register++) {
                assertThat(rig.register(register)).as("r%d", register).isEqualTo(register < 6 ? 200 + 2 * register : 100 + register);
            }
        }
    }

    @Test
    void ruling03_functionsAreLeftByCallAndExitOnly() {
        assertThat(RfcReference.reject(code().i(CALL, 0, 1, 0, 1).i(JA, 0, 0, 0, 0).exit().bytes(), ByteOrder.LITTLE_ENDIAN))
                .hasValueSatisfying(text -> assertThat(text).contains("another function"));
        assertThat(RfcReference.reject(code().i(CALL, 0, 1, 0, 1).mov(0, 0).exit().bytes(), ByteOrder.LITTLE_ENDIAN))
                .hasValueSatisfying(text -> assertThat(text).contains("slot 1").contains("last instruction"));
        byte[] twoFunctions = code().i(0x15, 1, 0, 1, 0).exit().exit().bytes();
        Program program = new Program("p", ProgramType.RAW, "", ByteOrder.LITTLE_ENDIAN, twoFunctions, List.of(new Program.Function("a", 0),
                new Program.Function("b", 2)), List.of(), Map.of(), Map.of(), Map.of(), List.of(), "");
        assertThat(RfcReference.reject(twoFunctions, ByteOrder.LITTLE_ENDIAN)).isEmpty();
        assertThat(RfcReference.reject(program)).hasValueSatisfying(text -> assertThat(text).contains("another function"));
    }

    @Test
    void ruling04_helperCallsClearTheirArguments() {
        HelperTable helpers = HelperTable.linux().with(200, "sum", (lane, r1, r2, r3, r4, r5) -> r1 + 10 * r2 + 100 * r3 + 1000 * r4
                + 10_000 * r5);
        try (Rig rig = new Rig(s -> s.withHelpers(helpers))) {
            Code program = code();
            for (int register = 1; register < 10; register++) {
                program.mov(register, register);
            }
            assertThat(rig.returned(program.i(CALL, 0, 0, 0, 200).exit())).isEqualTo(54_321);
            for (int register = 1; register < 10; register++) {
                assertThat(rig.register(register)).as("r%d", register).isEqualTo(register < 6 ? 0 : register);
            }
        }
    }

    @Test
    void ruling05_budgetIsTakenByJumpsThatDoNotLeadForward() {
        Code loop = code().mov(1, 4).i(0x17, 1, 0, 0, 1).i(0x55, 1, 0, -2, 0).exit(); // three taken jumps
        try (Rig rig = Rig.limits(Limits.DEFAULT.withBudget(3))) {
            assertThat(rig.returned(loop)).isZero();
            assertThat(rig.lane.budget()).isZero();
        }
        try (Rig rig = Rig.limits(Limits.DEFAULT.withBudget(2))) {
            assertFault(rig.observe(loop), fault(FaultKind.BUDGET, 2));
            assertFault(rig.observe(code().i(JA, 0, 0, -1, 0)), fault(FaultKind.BUDGET, 0));
            assertThat(rig.returned(code().i(JA, 0, 0, 0, 0).i(JA, 0, 0, 0, 0).i(JA, 0, 0, 0, 0).mov(0, 3).exit())).isEqualTo(3);
        }
    }

    @Test
    void ruling05_budgetIsTakenByCalls() {
        try (Rig rig = Rig.limits(Limits.DEFAULT.withBudget(1))) {
            assertFault(rig.observe(code().i(CALL, 0, 1, 0, 2).i(CALL, 0, 1, 0, 1).exit().exit()), fault(FaultKind.BUDGET, 1));
            Code indirect = code().wide(3, GuestLayout.codePointer(5)).i(CALLX, 3, 0, 0, 0).i(CALL, 0, 1, 0, 1).exit().exit();
            assertFault(rig.observe(indirect), fault(FaultKind.BUDGET, 3));
            HelperTable helpers = HelperTable.linux().with(200, "zero", (lane, r1, r2, r3, r4, r5) -> 0);
            try (Rig other = new Rig(s -> s.withHelpers(helpers).withLimits(Limits.DEFAULT.withBudget(1)))) {
                assertFault(other.observe(code().i(CALL, 0, 0, 0, 200).i(CALL, 0, 0, 0, 200).exit()), fault(FaultKind.BUDGET, 1));
            }
        }
        try (Rig rig = Rig.limits(Limits.DEFAULT.withBudget(0))) {
            assertThat(rig.returned(code().mov(0, 1).exit())).isEqualTo(1);
        }
    }

    @Test
    void ruling05_budgetIsTakenByCallbacks() {
        HelperTable helpers = HelperTable.linux().with(200, "thrice", (lane, r1, r2, r3, r4, r5) -> {
            long sum = 0;
            for (int i = 0; i < 3 && !lane.interrupted(); i++) {
                sum += lane.call(r1, i, r2, 0, 0, 0);
            }
            return sum;
        });
        // the helper calls the function at slot 7; a call that is never reached makes it one
        Code reached = code().wide(1, GuestLayout.codePointer(7)).mov(2, 10).i(CALL, 0, 0, 0, 200).exit().i(CALL, 0, 1, 0, 1).exit().copy(0,
                1).i(
                        0x0f, 0, 2, 0, 0).exit();
        try (Rig rig = new Rig(s -> s.withHelpers(helpers).withLimits(Limits.DEFAULT.withBudget(4)))) {
            assertThat(rig.returned(reached)).isEqualTo(33);
        }
        try (Rig rig = new Rig(s -> s.withHelpers(helpers).withLimits(Limits.DEFAULT.withBudget(3)))) {
            assertFault(rig.observe(reached), fault(FaultKind.BUDGET, 3));
        }
    }

    @Test
    void ruling05_aStopIsNoticedWhereBudgetIsTaken() {
        HelperTable helpers = HelperTable.linux().with(200, "stop", (lane, r1, r2, r3, r4, r5) -> {
            lane.stop();
            return 0;
        });
        try (Rig rig = new Rig(s -> s.withHelpers(helpers))) {
            assertFault(rig.observe(code().i(CALL, 0, 0, 0, 200).i(JA, 0, 0, -1, 0)), fault(FaultKind.STOPPED, 1));
        }
    }

    @Test
    void ruling06_alignmentIsCheckedBeforeTheRegion() {
        for (Policy policy : Policy.values()) {
            try (Rig rig = new Rig(s -> s.withPolicy(policy))) {
                Code add = code().mov(1, 4).i(0xdb, 1, 1, 0, 0).exit();
                assertFault(rig.observe(add), Rig.expected(FaultKind.MISALIGNED, 1, 4, 8, true));
                Code acquire = code().mov(1, 0).i(0xc3, 0, 1, 2, 0x100).exit();
                assertFault(rig.observe(acquire), Rig.expected(FaultKind.MISALIGNED, 1, 2, 4, false));
                Code release = code().mov(1, 0).i(0xcb, 1, 1, -1, 0x110).exit();
                assertFault(rig.observe(release), Rig.expected(FaultKind.MISALIGNED, 1, -1, 2, true));
            }
        }
    }

    @Test
    void ruling06_aFailingCompareAndExchangeNeedsWritePermission() {
        try (Rig rig = Rig.strict()) {
            rig.machine.addRegion(new Region("rodata", SHARED, 64, false));
            Code program = code().wide(1, SHARED).mov(0, 77).i(0xdb, 1, 2, 0, 0xf1).exit();
            assertFault(rig.observe(program), Rig.expected(FaultKind.BAD_ACCESS, 3, SHARED, 8, true));
            assertThat(rig.returned(code().wide(1, SHARED).i(0xdb, 0, 1, 0, 0x100).exit())).isZero();
            assertFault(rig.observe(code().wide(1, SHARED).i(0xdb, 1, 0, 0, 0x110).exit()), Rig.expected(FaultKind.BAD_ACCESS, 2, SHARED, 8,
                    true));
        }
    }

    @Test
    void ruling07_readOnlyRegions() {
        try (Rig rig = Rig.strict()) {
            rig.machine.addRegion(new Region("rodata", SHARED, 64, false));
            rig.lane.write(SHARED, new byte[] {5});
            assertThat(rig.returned(code().wide(1, SHARED).i(LDXDW, 0, 1, 0, 0).exit())).isEqualTo(5);
            assertFault(rig.observe(code().wide(1, SHARED).i(0x72, 1, 0, 63, 0).exit()), Rig.expected(FaultKind.BAD_ACCESS, 2, SHARED + 63,
                    1, true));
            assertThat(rig.lane.read(SHARED, 1)).containsExactly(5);
        }
    }

    @Test
    void ruling08_placesThatAreNeverMapped() {
        try (Rig rig = Rig.strict()) {
            for (long address : new long[] {0, 0xffff, GuestLayout.HANDLE_BASE, GuestLayout.codePointer(0)}) {
                Code program = code().wide(1, address).i(0x71, 0, 1, 0, 0).exit();
                assertFault(rig.observe(program), Rig.expected(FaultKind.BAD_ACCESS, 2, address, 1, false));
            }
        }
    }

    @Test
    void ruling08_gotox() {
        try (Rig rig = Rig.strict()) {
            assertThat(rig.returned(gotox(GuestLayout.codePointer(5)))).isEqualTo(2);
            assertThat(rig.returned(gotox(GuestLayout.codePointer(3)))).isEqualTo(1);
            long[] bad = {0, GuestLayout.codePointer(5) + 4, GuestLayout.codePointer(9), GuestLayout.codePointer(8), GuestLayout
                    .codePointer(1),
                GuestLayout.codePointer(5) | 1L << 32, -8};
            for (long pointer : bad) {
                assertFault(rig.observe(gotox(pointer)), Rig.expected(FaultKind.BAD_TARGET, 2, pointer, 0, false));
            }
        }
    }

    /** Goes to slot 3 (returns 1) or 5 (returns 2); slot 8 is another function, 1 is a second half, 9 is outside. */
    private static Code gotox(long pointer) {
        return code().wide(1, pointer).i(GOTOX, 1, 0, 0, 0).mov(0, 1).exit().mov(0, 2).i(CALL, 0, 1, 0, 1).exit().exit();
    }

    @Test
    void ruling08_callx() {
        try (Rig rig = Rig.strict()) {
            assertThat(rig.returned(callx(GuestLayout.codePointer(6)))).isEqualTo(8);
            assertThat(rig.returned(callx(5))).as("helper 5 of the conformance table").isEqualTo(31);
            long[] bad = {GuestLayout.codePointer(7), GuestLayout.codePointer(6) + 1, GuestLayout.codePointer(1), GuestLayout.codePointer(
                    99)};
            for (long pointer : bad) {
                assertFault(rig.observe(callx(pointer)), Rig.expected(FaultKind.BAD_TARGET, 3, pointer, 0, false));
            }
            for (long number : new long[] {0, 6, -1, 5L | 1L << 32, GuestLayout.codePointer(6) | 1L << 32}) {
                assertFault(rig.observe(callx(number)), Rig.expected(FaultKind.UNKNOWN_HELPER, 3, number, 0, false));
            }
        }
    }

    /** Calls the value with r1 = 30; slot 6 is a function that returns 7, main adds 1. */
    private static Code callx(long value) {
        return code().wide(3, value).mov(1, 30).i(CALLX, 3, 0, 0, 0).i(0x07, 0, 0, 0, 1).exit().mov(0, 7).exit().i(CALL, 0, 1, 0, -3)
                .exit();
    }

    @Test
    void ruling08_unknownHelper() {
        try (Rig rig = Rig.strict()) {
            assertFault(rig.observe(code().i(CALL, 0, 0, 0, 99_999).exit()), Rig.expected(FaultKind.UNKNOWN_HELPER, 0, 99_999, 0, false));
        }
    }

    @Test
    void ruling09_mayGotoCountsPerActivation() {
        try (Rig rig = Rig.limits(Limits.DEFAULT.withMayGoto(3))) {
            Code loop = code().i(MAY_GOTO, 0, 0, 2, 0).i(0x07, 0, 0, 0, 1).i(JA, 0, 0, -3, 0).exit();
            assertThat(rig.returned(loop)).isEqualTo(3);
            // main loops 3 times in all, and calls a function each time that loops 3 times itself
            Code nested = code().i(MAY_GOTO, 0, 0, 2, 0).i(CALL, 0, 1, 0, 2).i(JA, 0, 0, -3, 0).exit()
                    .i(MAY_GOTO, 0, 0, 2, 0).i(0x07, 0, 0, 0, 1).i(JA, 0, 0, -3, 0).exit();
            assertThat(rig.returned(nested)).isEqualTo(9);
        }
    }

    @Test
    void ruling09_mayGotoThatJumpsBackTakesBudget() {
        try (Rig rig = Rig.limits(Limits.DEFAULT.withMayGoto(0).withBudget(5))) {
            assertFault(rig.observe(code().i(MAY_GOTO, 0, 0, -1, 0).exit()), fault(FaultKind.BUDGET, 0));
        }
    }

    @Test
    void ruling10_castToKernelKeepsTheLowerHalf() {
        try (Rig rig = Rig.strict()) {
            assertThat(rig.returned(code().wide(1, 0x1234_5678_9abc_def0L).i(0xbf, 0, 1, 1, 1).exit())).isEqualTo(0x9abc_def0L);
            assertThat(rig.returned(code().wide(1, 0x1234_5678_0000_0000L).i(0xbf, 0, 1, 1, 0x10000).exit())).isZero();
        }
    }

    @Test
    void ruling10_castToUserPutsTheArenasUpperHalfAboveAllButNull() {
        try (Rig rig = Rig.strict()) {
            rig.machine.arenaHigh(0x7fff_0001_0000_0000L);
            assertThat(rig.returned(code().wide(1, 0x1234_5678_9abc_def0L).i(0xbf, 0, 1, 1, 0x10000).exit())).isEqualTo(
                    0x7fff_0001_9abc_def0L);
            assertThat(rig.returned(code().wide(1, 0x1234_5678_0000_0000L).i(0xbf, 0, 1, 1, 0x10000).exit())).isZero();
            assertThat(rig.returned(code().wide(1, 0x7fff_0001_9abc_def0L).i(0xbf, 0, 1, 1, 1).exit())).isEqualTo(0x9abc_def0L);
        }
    }

    /** Main calls the program at index 1 of a program array; slots 0 and 1 are the array's handle. */
    private static Program tailCaller(MapDefinition jumps) {
        return Program.raw("caller", ByteOrder.LITTLE_ENDIAN, code().mov(6, 6).mov(0, 5).i(0x18, 2, 1, 0, 0).i(0, 0, 0, 0, 0).mov(3, 1).i(
                CALL, 0, 0, 0,
                HelperTable.TAIL_CALL).exit().bytes()).withMaps(List.of(jumps));
    }

    @Test
    void ruling11_tailCallsTakeOverTheFrame() throws LoadException {
        MapDefinition jumps = MapDefinition.of("jumps", 3, 4, 4, 2);
        try (Rig rig = Rig.linux()) {
            rig.lane.raw(new byte[] {1});
            Outcome failed = rig.observe(tailCaller(jumps));
            assertThat(failed).as("there is no program").isEqualTo(new Outcome.Returned(-2));
            assertThat(rig.register(6)).isEqualTo(6);
            assertThat(rig.register(2)).isZero();
            assertThat(rig.register(3)).isZero();
            Code target = code().copy(7, 10).copy(8, 1).exit();
            rig.machine.maps().setProgram(rig.machine.map(jumps), 1, rig.machine.link(Program.raw("target", ByteOrder.LITTLE_ENDIAN, target
                    .bytes())));
            assertThat(rig.observe(tailCaller(jumps))).as("r0 of a target is 0 at entry").isEqualTo(new Outcome.Returned(0));
            assertThat(rig.register(6)).isZero();
            assertThat(rig.register(7)).isEqualTo(rig.lane.stackTop());
            assertThat(rig.register(8)).isEqualTo(rig.lane.contextBase());
        }
    }

    @Test
    void ruling11_tailCallsOfACalleeReturnToTheCaller() throws LoadException {
        MapDefinition jumps = MapDefinition.of("jumps", 3, 4, 4, 2);
        Code caller = code().mov(6, 6).i(CALL, 0, 1, 0, 2).i(0x0f, 0, 6, 0, 0).exit().i(0x18, 2, 1, 0, 0).i(0, 0, 0, 0, 0).mov(3, 1).i(CALL,
                0, 0, 0,
                HelperTable.TAIL_CALL).exit();
        try (Rig rig = Rig.linux()) {
            rig.machine.maps().setProgram(rig.machine.map(jumps), 1, rig.machine.link(Program.raw("target", ByteOrder.LITTLE_ENDIAN, code()
                    .mov(0, 100)
                    .mov(6, 7).exit().bytes())));
            assertThat(rig.observe(Program.raw("caller", ByteOrder.LITTLE_ENDIAN, caller.bytes()).withMaps(List.of(jumps)))).isEqualTo(
                    new Outcome.Returned(106));
        }
    }

    @Test
    void ruling11_thereAreAtMost33() throws LoadException {
        MapDefinition jumps = MapDefinition.of("jumps", 3, 4, 4, 2);
        try (Rig rig = Rig.linux()) {
            LinkedProgram self = rig.machine.link(tailCaller(jumps));
            rig.machine.maps().setProgram(rig.machine.map(jumps), 1, self);
            long before = rig.machine.limits().budget();
            assertThat(rig.observe(self)).isEqualTo(new Outcome.Returned(-2));
            assertThat(before - rig.lane.budget()).as("33 tail calls and one that failed").isEqualTo(34);
        }
    }

    @Test
    void ruling12_legacyPacketLoadsReadTheRunsPacketInNetworkOrder() {
        try (Rig rig = Rig.strict()) {
            packet(rig);
            assertThat(rig.returned(code().i(0x20, 0, 0, 0, 1).exit())).isEqualTo(0x82838485L);
            assertThat(rig.returned(code().i(0x28, 0, 0, 0, 0).exit())).isEqualTo(0x8182);
            assertThat(rig.returned(code().i(0x30, 0, 0, 0, 5).exit())).isEqualTo(0x86);
            assertThat(rig.returned(code().mov(7, 1).i(0x40, 0, 7, 0, 1).exit())).isEqualTo(0x83848586L);
            assertThat(rig.returned(code().wide(7, 0xffff_ffff_0000_0003L).i(0x48, 0, 7, 0, -1).exit())).isEqualTo(0x8384);
            assertThat(rig.returned(code().mov(7, 6).i(0x50, 0, 7, 0, -1).exit())).isEqualTo(0x86);
            assertThat(rig.returned(code().mov(6, 5).i(0x30, 0, 0, 0, 0).exit(), ByteOrder.BIG_ENDIAN)).isEqualTo(0x81);
        }
    }

    @Test
    void ruling12_anythingOutsideThePacketEndsTheProgramWithZero() {
        try (Rig rig = Rig.strict()) {
            packet(rig);
            for (Code load : List.of(code().i(0x20, 0, 0, 0, 3), code().i(0x28, 0, 0, 0, 5), code().i(0x30, 0, 0, 0, 6), code().mov(7, -1)
                    .i(0x50, 0,
                            7, 0, 0), code().i(0x20, 0, 0, 0, Integer.MAX_VALUE))) {
                assertThat(rig.returned(load.mov(0, 7).exit())).isZero();
            }
            Code inFunction = code().i(CALL, 0, 1, 0, 2).mov(0, 7).exit().i(0x30, 0, 0, 0, 6).exit();
            assertThat(rig.returned(inFunction)).isZero();
        }
    }

    @Test
    void ruling04_legacyPacketLoadsClearR1ToR5() {
        try (Rig rig = Rig.strict()) {
            packet(rig);
            Code program = code();
            for (int register = 1; register < 10; register++) {
                program.mov(register, register);
            }
            rig.returned(program.i(0x30, 0, 0, 0, 0).exit());
            for (int register = 1; register < 10; register++) {
                assertThat(rig.register(register)).as("r%d", register).isEqualTo(register < 6 ? 0 : register);
            }
        }
    }

    private static void packet(Rig rig) {
        long start = rig.lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
        rig.lane.write(start, new byte[] {(byte) 0x81, (byte) 0x82, (byte) 0x83, (byte) 0x84, (byte) 0x85, (byte) 0x86});
        rig.lane.regions().set(Regions.PACKET, start, 6);
    }

    @Test
    void ruling13_bigEndianProgramsRun() {
        try (Rig rig = Rig.strict()) {
            rig.lane.raw(new byte[] {1, 2, 3, 4});
            assertThat(rig.returned(code().i(0x61, 0, 1, 0, 0).exit(), ByteOrder.BIG_ENDIAN)).isEqualTo(0x01020304);
            assertThat(rig.returned(code().i(0x85, 0, 1, 0, 1).exit().mov(0, -2).exit(), ByteOrder.BIG_ENDIAN)).isEqualTo(-2);
        }
    }

    @Test
    void ruling14_argumentsOfHelpersAreAccessesOfTheCall() {
        HelperTable helpers = HelperTable.linux().with(200, "read", (lane, r1, r2, r3, r4, r5) -> lane.check(r1, 8, false) ? lane.read(r1,
                1)[0] : 0);
        try (Rig rig = new Rig(s -> s.withHelpers(helpers))) {
            rig.lane.raw(new byte[] {42, 0, 0, 0, 0, 0, 0, 0});
            assertThat(rig.returned(code().i(CALL, 0, 0, 0, 200).exit())).isEqualTo(42);
            Code beyond = code().i(0x07, 1, 0, 0, 1).i(CALL, 0, 0, 0, 200).exit();
            assertFault(rig.observe(beyond), Rig.expected(FaultKind.BAD_ACCESS, 1, rig.lane.contextBase() + 1, 8, false));
        }
    }

    @Test
    void ruling14_whatShouldBeAMapAndIsNone() {
        try (Rig rig = Rig.linux()) {
            Code lookup = code().mov(1, 77).copy(2, 10).i(0x07, 2, 0, 0, -8).i(CALL, 0, 0, 0, 1).exit();
            assertFault(rig.observe(lookup), Rig.expected(FaultKind.BAD_ACCESS, 3, 77, Integer.MAX_VALUE, false));
        }
    }

    @Test
    void ruling16_loadChecksAreStructural() {
        try (Rig rig = Rig.strict()) {
            assertThat(rig.returned(code().mov(0, 5).i(0x37, 0, 0, 0, 0).exit().mov(0, 1).exit())).isZero();
            assertThat(rig.returned(code().mov(0, 5).i(0x67, 0, 0, 0, 65).exit())).isEqualTo(10);
            assertThat(rig.returned(code().mov(0, 5).i(0x74, 0, 0, 0, -31).exit())).isEqualTo(2);
        }
    }

    @Test
    void ruling17_helper5UnwindsInTheConformanceTable() {
        try (Rig rig = Rig.strict()) {
            Code program = code().i(CALL, 0, 1, 0, 2).i(0x07, 0, 0, 0, 1).exit().i(CALL, 0, 0, 0, 5).exit();
            rig.lane.entry()[1] = 41;
            assertThat(rig.returned(program)).isEqualTo(42);
            rig.lane.entry()[1] = 0;
            assertThat(rig.returned(program)).as("unwinds out of the function").isZero();
        }
    }

    @Test
    void ruling18_timeIsADeterministicClockAndRandomIsSeeded() {
        try (Rig rig = Rig.linux(); Rig other = Rig.linux()) {
            Code clock = code().i(CALL, 0, 0, 0, 5).copy(6, 0).i(CALL, 0, 0, 0, 5).i(0x1f, 0, 6, 0, 0).exit();
            assertThat(rig.returned(clock)).isEqualTo(rig.machine.settings().clockStep());
            assertThat(rig.register(6)).isEqualTo(rig.machine.settings().clockStart());
            Code random = code().i(CALL, 0, 0, 0, 7).exit();
            long first = rig.returned(random);
            assertThat(first).isBetween(0L, 0xffff_ffffL).isEqualTo(other.returned(random));
            assertThat(rig.returned(random)).isNotEqualTo(first);
            assertThat(rig.returned(code().i(CALL, 0, 0, 0, 8).exit())).isZero();
        }
    }

    @Test
    void policyStrict_anAccessLiesInOneRegion() {
        try (Rig rig = Rig.strict()) {
            rig.machine.addRegion(new Region("a", SHARED, 16, true));
            rig.machine.addRegion(new Region("b", SHARED + 16, 16, true));
            assertFault(rig.observe(code().wide(1, SHARED).i(LDXDW, 0, 1, 12, 0).exit()), Rig.expected(FaultKind.BAD_ACCESS, 2, SHARED + 12,
                    8, false));
            long upper = SHARED | 1L << 32;
            assertFault(rig.observe(code().wide(1, upper).i(LDXDW, 0, 1, 0, 0).exit()), Rig.expected(FaultKind.BAD_ACCESS, 2, upper, 8,
                    false));
            assertFault(rig.observe(code().wide(1, 2).i(LDXDW, 0, 1, -8, 0).exit()), Rig.expected(FaultKind.BAD_ACCESS, 2, -6, 8, false));
        }
    }

    @Test
    void policyStrict_aFaultingInstructionChangesNothing() {
        try (Rig rig = Rig.strict()) {
            rig.lane.raw(new byte[] {1, 2, 3, 4, 5, 6, 7});
            assertFault(rig.observe(code().i(STDW, 1, 0, 0, 0).exit()), Rig.expected(FaultKind.BAD_ACCESS, 0, rig.lane.contextBase(), 8,
                    true));
            assertThat(rig.lane.contextBytes()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void policySandbox_addressesAreConfined() {
        try (Rig rig = Rig.sandbox()) {
            Code program = code().wide(1, 0x7777_7777_0000_0000L).i(STDW, 1, 0, 0x100, 42).wide(2, 0x100).i(LDXDW, 0, 2, 0, 0).exit();
            assertThat(rig.returned(program)).isEqualTo(42);
            Code overhang = code().wide(1, 0xffff_fffcL).i(STDW, 1, 0, 0, -1).i(LDXDW, 0, 1, 0, 0).mov(2, 0).i(0x61, 3, 2, 0, 0).exit();
            assertThat(rig.returned(overhang)).isEqualTo(-1);
            assertThat(rig.register(3)).isZero();
        }
    }

    @Test
    void unresolvedInstructionsFaultWhenReached() {
        byte[] bytes = code().i(0x15, 1, 0, 1, 0).mov(0, 1).mov(0, 2).exit().bytes();
        Program program = new Program("p", ProgramType.RAW, "", ByteOrder.LITTLE_ENDIAN, bytes, List.of(), List.of(), Map.of(), Map.of(),
                Map.of(1,
                        "no such field"), List.of(), "");
        try (Rig rig = Rig.strict()) {
            assertThat(rig.observe(program)).isEqualTo(new Outcome.Returned(2));
            rig.lane.entry()[1] = 1;
            Outcome outcome = rig.observe(program);
            assertThat(Rig.fault(outcome).kind()).isEqualTo(FaultKind.UNRESOLVED);
            assertThat(Rig.fault(outcome).pc()).isEqualTo(1);
            assertThat(Rig.fault(outcome).detail()).contains("no such field");
        }
    }
}
