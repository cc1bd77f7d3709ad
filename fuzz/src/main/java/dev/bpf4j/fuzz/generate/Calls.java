// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.conformance.bpft.Helpers;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Arrays;

/** Writes calls of every kind, legacy packet access, and wide loads that name something. */
final class Calls {
    /** Helpers of {@link dev.bpf4j.conformance.bpft.Helpers#TEST}. */
    private static final int MIX = Helpers.MIX;
    private static final int FILL = Helpers.FILL;
    private static final int SUM = Helpers.SUM;
    private static final int FAIL = Helpers.FAIL;
    private static final int UNWIND = Helpers.UNWIND;
    private static final int REPEAT = Helpers.REPEAT;
    /** Helpers of Linux, by their numbers in {@code enum bpf_func_id}: the first ones are eBPF routines of the machine. */
    private static final int LOOKUP = 1;
    private static final int UPDATE = 2;
    private static final int DELETE = 3;
    private static final int[] WITHOUT_ARGUMENTS = {5, 7, 8};
    private static final int[] UNKNOWN = {0, 9999, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final int CHECKSUM_DIFFERENCE = 28;
    /** Addresses below this one are small numbers, where nothing ever is. */
    private static final int LOW = 600;
    private static final int KEY = -8;
    private static final int VALUE = -64;
    private final Writer writer;
    private final Accesses accesses;
    private final boolean kernel;
    private final boolean maps;
    private final int packetSize;
    private int[] starts = new int[8];
    private int functions;
    private int current;
    private boolean wild;
    private int[] references = new int[64];
    private int[] targets = new int[64];
    private int count;

    Calls(Writer writer, Accesses accesses, Profile profile) {
        this.writer = writer;
        this.accesses = accesses;
        this.kernel = profile.kernel();
        this.maps = profile.maps();
        this.packetSize = profile.packet();
    }

    /** Starts a program of so many functions besides main. */
    void start(int number, boolean wildly) {
        functions = number;
        wild = wildly;
        current = -1;
        count = 0;
        if (starts.length <= number) {
            starts = new int[number + 1];
        }
    }

    /** Starts the next function. */
    void enter(int slot) {
        starts[++current] = slot;
        if (kernel && current > 0) {
            KernelAccesses.enterFunction(writer);
        }
    }

    /** Ends a function: Linux refuses functions that nobody calls, so the next one is called now at the latest. */
    void leave() {
        if (kernel && current < functions && !called(current + 1)) {
            callLocal(current + 1);
        }
    }

    private boolean called(int function) {
        for (int i = 0; i < count; i++) {
            if (targets[i] == function) {
                return true;
            }
        }
        return false;
    }

    /** Fills in the targets of all references. */
    void finish() {
        for (int i = 0; i < count; i++) {
            int slot = references[i];
            writer.program().patchImm(slot, starts[targets[i]] - slot - 1);
        }
    }

    private void refer(int slot, int function) {
        if (count == references.length) {
            references = Arrays.copyOf(references, count * 2);
            targets = Arrays.copyOf(targets, count * 2);
        }
        references[count] = slot;
        targets[count++] = function;
    }

    /** A function that may be called here; -1 if there is none. Only wild programs recurse. */
    private int callable(Entropy entropy) {
        if (wild && entropy.chance(64)) {
            return entropy.below(functions + 1);
        }
        return current < functions ? current + 1 + entropy.below(functions - current) : -1;
    }

    void local() {
        int function = callable(writer.entropy());
        if (function >= 0) {
            callLocal(function);
        }
    }

    private void callLocal(int function) {
        refer(writer.write(writer.rows().callLocal, 0, 0, 0, 0), function);
        writer.forgetCallerSaved();
        if (kernel) {
            KernelAccesses.afterCall(writer);
        }
    }

    void indirect() {
        Entropy entropy = writer.entropy();
        int register = writer.writable();
        Row row = writer.rows().of(Row.Sort.CALL_INDIRECT)[0];
        int function = callable(entropy);
        if (function >= 0 && entropy.chance(160)) {
            loadFunction(register, function);
            if (wild && entropy.chance(32)) {
                writer.compute(writer.rows().add64Constant, register, 0, Constants.offset(entropy));
            }
        } else {
            writer.set(register, wild && entropy.chance(48) ? Constants.wide(entropy) : MIX);
        }
        writer.write(row, wild && entropy.chance(16) ? writer.readable() : register, 0, 0, 0);
        writer.forgetCallerSaved();
    }

    private void loadFunction(int register, int function) {
        refer(writer.linked(writer.rows().loadFunction, register, 0, 0), function);
    }

    void helper() {
        Entropy entropy = writer.entropy();
        int choice = entropy.u8();
        if (wild && choice < 32) {
            call(choice < 8 ? FAIL : UNKNOWN[entropy.below(UNKNOWN.length)]);
        } else if (choice < 36) {
            call(UNWIND);
        } else if (choice < 72) {
            call(MIX);
        } else if (choice < 128) {
            overMemory(entropy, choice < 100 ? FILL : SUM);
        } else if (choice < 168 && !(wild && entropy.chance(128))) {
            repeat(entropy);
        } else if (choice < 168) {
            checksum(entropy);
        } else if (choice < (wild ? 172 : 178)) {
            call(WITHOUT_ARGUMENTS[entropy.below(WITHOUT_ARGUMENTS.length)]);
        } else if (choice < 184) {
            checksum(entropy);
        } else if (choice < 208) {
            tailCall(entropy);
        } else {
            map(entropy, choice < 232);
        }
    }

    private void handle(int register, int map) {
        Row[] rows = writer.rows().mapHandles;
        writer.linked(rows[writer.entropy().below(rows.length)], register, map, 0);
    }

    /** The one target is in place 0; place 1 is empty, place 2 does not exist. */
    void tailCall(Entropy entropy) {
        if (maps) {
            handle(2, wild && entropy.chance(32) ? Maps.VALUES : Maps.PROGRAMS);
            writer.set(3, entropy.below(3) + (entropy.chance(32) ? 1L << 32 : 0));
        }
        call(HelperTable.TAIL_CALL);
    }

    private void map(Entropy entropy, boolean lookup) {
        if (!maps) {
            return;
        }
        int index = entropy.below(Maps.VALUES_ENTRIES + 1);
        writer.write(writer.rows().store32Constant, Writer.STACK_POINTER, 0, KEY, index);
        handle(1, wild && entropy.chance(16) ? Maps.PROGRAMS : Maps.VALUES);
        writer.point(2, Writer.STACK, wild && entropy.chance(16) ? -2 : KEY);
        if (lookup) {
            call(LOOKUP);
            if (index < Maps.VALUES_ENTRIES) {
                writer.pointsTo(0, Writer.MAP, index * Maps.VALUE_SIZE);
            }
        } else {
            writer.point(3, Writer.STACK, VALUE);
            writer.set(4, entropy.below(4));
            call(UPDATE);
        }
    }

    /** One operation on the hash table; keys come from a range larger than the table, so that it overflows. */
    void table(Entropy entropy) {
        writer.write(writer.rows().store32Constant, Writer.STACK_POINTER, 0, KEY, entropy.below(Maps.TABLE_ENTRIES + 2));
        int operation = entropy.below(8);
        boolean updates = operation >= 3 && operation < 6;
        if (updates) {
            int value = writer.writable();
            for (int offset = VALUE; offset < VALUE + Maps.TABLE_VALUE; offset += Long.BYTES) {
                writer.set(value, Constants.wide(entropy));
                writer.write(writer.rows().store64, Writer.STACK_POINTER, value, offset, 0);
            }
            writer.point(3, Writer.STACK, VALUE);
            writer.set(4, entropy.below(entropy.chance(24) ? 8 : 3));
        }
        handle(1, wild && entropy.chance(16) ? Maps.VALUES : Maps.TABLE);
        writer.point(2, Writer.STACK, KEY);
        call(updates ? UPDATE : operation < 3 ? LOOKUP : DELETE);
        if (operation < 3) {
            found(entropy);
        }
    }

    /** Changes the value that a lookup has found, if it has. */
    private void found(Entropy entropy) {
        int changed = 1 + entropy.below(5);
        int offset = Long.BYTES * entropy.below(Maps.TABLE_VALUE / Long.BYTES + (wild ? 1 : 0));
        int slot = writer.write(writer.rows().jumpIfZero, 0, 0, 0, 0);
        writer.write(writer.rows().load64, changed, 0, offset, 0);
        writer.compute(writer.rows().add64Constant, changed, 0, Constants.immediate(entropy));
        writer.write(writer.rows().store64, 0, changed, offset, 0);
        writer.program().patchOff(slot, writer.slots() - slot - 1);
        writer.forgetCallerSaved();
    }

    private void call(int id) {
        writer.write(writer.rows().callHelper, 0, 0, 0, id);
        writer.forgetCallerSaved();
    }

    private void overMemory(Entropy entropy, int id) {
        int bytes = entropy.below(9);
        int pointer = accesses.pointer(entropy);
        int position = accesses.inside(entropy, writer.region(pointer), Math.max(bytes, 1)) + (wild && entropy.chance(48) ? 1 : 0);
        writer.point(1, writer.region(pointer), position);
        writer.set(2, bytes);
        call(id);
    }

    /** Sizes around 8 bytes, and places around the ends of regions: the argument is checked by code that looks at its first and last bytes. */
    private void checksum(Entropy entropy) {
        for (int argument = 1; argument < 5; argument += 2) {
            int bytes = entropy.below(24);
            int pointer = accesses.pointer(entropy);
            int position = wild && entropy.chance(96) ? accesses.outside(entropy, writer.region(pointer), Math.max(bytes, 1))
                    : accesses.inside(entropy, writer.region(pointer), Math.max(bytes, 1));
            if (wild && entropy.chance(24)) {
                writer.set(argument, entropy.below(LOW));
            } else {
                writer.point(argument, writer.region(pointer), position);
            }
            writer.set(argument + 1, bytes);
        }
        writer.set(5, Constants.wide(entropy));
        if (wild && entropy.chance(64)) {
            leaveAddress(entropy.chance(128));
        }
        call(CHECKSUM_DIFFERENCE);
    }

    /** An access or a shift by a good address just before: what checks the arguments must not take what a register still holds for one. */
    private void leaveAddress(boolean access) {
        writer.point(0, Writer.STACK, VALUE);
        if (access) {
            writer.write(writer.rows().load64, 0, 0, Long.BYTES, 0);
        } else {
            writer.compute(writer.rows().shift64, 0, 0, 0);
        }
    }

    void repeat(Entropy entropy) {
        int function = callable(entropy);
        if (function >= 0) {
            writer.set(1, entropy.below(3));
            loadFunction(2, function);
            call(REPEAT);
        }
    }

    void kernelFunction() {
        if (wild) {
            writer.write(writer.rows().of(Row.Sort.CALL_KFUNC)[0], 0, 0, 0, Constants.immediate(writer.entropy()));
            writer.forgetCallerSaved();
        }
    }

    void packet() {
        Entropy entropy = writer.entropy();
        Row[] rows = writer.rows().of(Row.Sort.PACKET);
        Row row = rows[entropy.below(rows.length)];
        int room = packetSize - 4;
        int offset = room < 0 || entropy.chance(4) ? Constants.immediate(entropy) : entropy.below(room + 1);
        int register = 0;
        if (row.srcRegister) {
            register = writer.writable();
            int part = Constants.immediate(entropy);
            writer.set(register, (entropy.chance(64) ? Constants.wide(entropy) << 32 : 0) + (part & 0xffff_ffffL));
            offset -= part;
            if (wild && entropy.chance(32)) {
                register = writer.readable();
            }
        }
        writer.write(row, 0, register, 0, offset);
        writer.forgetCallerSaved();
    }

    void address() {
        Entropy entropy = writer.entropy();
        int register = writer.writable();
        int function = callable(entropy);
        if (function >= 0 && entropy.chance(128)) {
            loadFunction(register, function);
        } else if (maps && entropy.chance(128)) {
            handle(register, entropy.below(2));
        } else {
            writer.linked(writer.rows().of(Row.Sort.LOAD_VARIABLE)[0], register, Maps.VARIABLE, 0);
            writer.pointsTo(register, Writer.MEMORY, Maps.VARIABLE_DISTANCE);
        }
    }
}
