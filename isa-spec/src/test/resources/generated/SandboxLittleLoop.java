// Generated from the instruction table and the fusion list. Do not edit.
package dev.bpf4j.interpreter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;

/** The loop for programs of this byte order under this policy; defined once more for each guest space, whose memory is a constant in it. */
final class SandboxLittleLoop implements WordLoop {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final MemorySegment memory = WordLoop.memory(MethodHandles.lookup());

    @Override
    public long[] run(long[] state, long[] code) {
        return loop(state, code);
    }

    private static long[] loop(long[] regs, long[] code) {
        int j;
        long x;
        long[] given = regs;
        regs = new long[192];
        System.arraycopy(given, 0, regs, 0, 192);
        int pc = (int) regs[18];
        cold: {
        run:
            for (;;) {
                long w = code[pc++];
                switch ((int) w >>> 4 & 255) {
                    case 0:
                        break cold;
                    case 1: { // mov64_reg a,b
                        x = w ^ 16L;
                        j = (int) x;
                        regs[j >>> 28] = regs[j & 15];
                        break;
                    }
                    case 2: { // mov32_reg a,b
                        x = w ^ 32L;
                        j = (int) x;
                        regs[j >>> 28] = (((int) regs[j & 15])) & 0xffffffffL;
                        break;
                    }
                    case 3: { // mov64_imm a
                        x = w ^ 48L;
                        j = (int) x;
                        regs[j & 15] = x >> 32;
                        break;
                    }
                    case 4: { // mov32_imm a
                        x = w ^ 64L;
                        j = (int) x;
                        regs[j & 15] = ((int) (x >> 32)) & 0xffffffffL;
                        break;
                    }
                    case 5: { // lddw a
                        x = w ^ 80L;
                        j = (int) x;
                        regs[j & 15] = code[(int) (x >> 32)];
                        break;
                    }
                    case 6: { // add64_reg a,b
                        x = w ^ 96L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] + regs[j >>> 28];
                        break;
                    }
                    case 7: { // add64_imm a
                        x = w ^ 112L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] + (x >> 32);
                        break;
                    }
                    case 8: { // add32_reg a,b
                        x = w ^ 128L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) + (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 9: { // add32_imm a
                        x = w ^ 144L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) + ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 10: { // sub64_reg a,b
                        x = w ^ 160L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] - regs[j >>> 28];
                        break;
                    }
                    case 11: { // sub32_reg a,b
                        x = w ^ 176L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) - (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 12: { // mul64_reg a,b
                        x = w ^ 192L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] * regs[j >>> 28];
                        break;
                    }
                    case 13: { // mul64_imm a
                        x = w ^ 208L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] * (x >> 32);
                        break;
                    }
                    case 14: { // mul32_reg a,b
                        x = w ^ 224L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) * (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 15: { // mul32_imm a
                        x = w ^ 240L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) * ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 16: { // or64_reg a,b
                        x = w ^ 256L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] | regs[j >>> 28];
                        break;
                    }
                    case 17: { // or64_imm a
                        x = w ^ 272L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] | (x >> 32);
                        break;
                    }
                    case 18: { // or32_reg a,b
                        x = w ^ 288L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) | (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 19: { // or32_imm a
                        x = w ^ 304L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) | ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 20: { // and64_imm a
                        x = w ^ 320L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] & (x >> 32);
                        break;
                    }
                    case 21: { // and32_reg a,b
                        x = w ^ 336L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) & (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 22: { // and32_imm a
                        x = w ^ 352L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) & ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 23: { // xor64_reg a,b
                        x = w ^ 368L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] ^ regs[j >>> 28];
                        break;
                    }
                    case 24: { // xor64_imm a
                        x = w ^ 384L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] ^ (x >> 32);
                        break;
                    }
                    case 25: { // xor32_reg a,b
                        x = w ^ 400L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) ^ (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 26: { // xor32_imm a
                        x = w ^ 416L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) ^ ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 27: { // lsh64_imm a
                        x = w ^ 432L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] << (j >>> 12);
                        break;
                    }
                    case 28: { // lsh32_imm a
                        x = w ^ 448L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) << (j >>> 12)) & 0xffffffffL;
                        break;
                    }
                    case 29: { // rsh64_reg a,b
                        x = w ^ 464L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] >>> (((int) regs[j >>> 28]));
                        break;
                    }
                    case 30: { // rsh64_imm a
                        x = w ^ 480L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] >>> (j >>> 12);
                        break;
                    }
                    case 31: { // rsh32_imm a
                        x = w ^ 496L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) >>> (j >>> 12)) & 0xffffffffL;
                        break;
                    }
                    case 32: { // arsh32_imm a
                        x = w ^ 512L;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) >> (j >>> 12)) & 0xffffffffL;
                        break;
                    }
                    case 33: { // div64_imm a
                        x = w ^ 528L;
                        j = (int) x;
                        regs[j & 15] = ((x >> 32) == 0L) ? 0L : Long.divideUnsigned(regs[j & 15], (x >> 32));
                        break;
                    }
                    case 34: { // mod64_reg a,b
                        x = w ^ 544L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        regs[j >>> 28] = (t0 == 0L) ? t1 : Long.remainderUnsigned(t1, t0);
                        break;
                    }
                    case 35: { // neg32 a
                        x = w ^ 560L;
                        j = (int) x;
                        regs[j & 15] = (-(((int) regs[j & 15]))) & 0xffffffffL;
                        break;
                    }
                    case 36: { // be16 a
                        x = w ^ 576L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = (long) (Short.reverseBytes((short) (((int) t0) & 0xffff)) & 0xffff);
                        break;
                    }
                    case 37: { // be32 a
                        x = w ^ 592L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = Integer.reverseBytes(((int) t0)) & 0xffffffffL;
                        break;
                    }
                    case 38: { // be64 a
                        x = w ^ 608L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = Long.reverseBytes(t0);
                        break;
                    }
                    case 39: { // ldx8 a,b
                        x = w ^ 624L;
                        j = (int) x;
                        regs[j >>> 28] = (long) (memory.get(BYTE, (regs[j & 15] + (x >> 32)) & 0xffffffffL) & 0xff);
                        break;
                    }
                    case 40: { // stx8 a,b
                        x = w ^ 640L;
                        j = (int) x;
                        memory.set(BYTE, (regs[j & 15] + (x >> 32)) & 0xffffffffL, (byte) (((int) regs[j >>> 28]) & 0xff));
                        break;
                    }
                    case 41: { // ldx16 a,b
                        x = w ^ 656L;
                        j = (int) x;
                        regs[j >>> 28] = (long) (memory.get(SHORT, (regs[j & 15] + (x >> 32)) & 0xffffffffL) & 0xffff);
                        break;
                    }
                    case 42: { // stx16 a,b
                        x = w ^ 672L;
                        j = (int) x;
                        memory.set(SHORT, (regs[j & 15] + (x >> 32)) & 0xffffffffL, (short) (((int) regs[j >>> 28]) & 0xffff));
                        break;
                    }
                    case 43: { // ldx32 a,b
                        x = w ^ 688L;
                        j = (int) x;
                        regs[j >>> 28] = memory.get(INT, (regs[j & 15] + (x >> 32)) & 0xffffffffL) & 0xffffffffL;
                        break;
                    }
                    case 44: { // stx32 a,b
                        x = w ^ 704L;
                        j = (int) x;
                        memory.set(INT, (regs[j & 15] + (x >> 32)) & 0xffffffffL, ((int) regs[j >>> 28]));
                        break;
                    }
                    case 45: { // ldx64 a,b
                        x = w ^ 720L;
                        j = (int) x;
                        regs[j >>> 28] = memory.get(LONG, (regs[j & 15] + (x >> 32)) & 0xffffffffL);
                        break;
                    }
                    case 46: { // stx64 a,b
                        x = w ^ 736L;
                        j = (int) x;
                        memory.set(LONG, (regs[j & 15] + (x >> 32)) & 0xffffffffL, regs[j >>> 28]);
                        break;
                    }
                    case 47: { // jeq64_reg< a,b
                        x = w ^ 752L;
                        j = (int) x;
                        if (regs[j & 15] == regs[j >>> 28]) { pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 48: { // jeq64_imm< a
                        x = w ^ 768L;
                        j = (int) x;
                        if (regs[j & 15] == (x >> 32)) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 49: { // jeq64_imm> a
                        x = w ^ 784L;
                        j = (int) x;
                        if (regs[j & 15] == (x >> 32)) { pc = j >>> 16; }
                        break;
                    }
                    case 50: { // jeq32_reg< a,b
                        x = w ^ 800L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) == (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 51: { // jeq32_imm< a
                        x = w ^ 816L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) == ((int) (x >> 32))) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 52: { // jeq32_imm> a
                        x = w ^ 832L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) == ((int) (x >> 32))) { pc = j >>> 16; }
                        break;
                    }
                    case 53: { // jne64_imm< a
                        x = w ^ 848L;
                        j = (int) x;
                        if (regs[j & 15] != (x >> 32)) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 54: { // jne64_imm> a
                        x = w ^ 864L;
                        j = (int) x;
                        if (regs[j & 15] != (x >> 32)) { pc = j >>> 16; }
                        break;
                    }
                    case 55: { // jne32_reg> a,b
                        x = w ^ 880L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) != (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 56: { // jne32_imm< a
                        x = w ^ 896L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) != ((int) (x >> 32))) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 57: { // jne32_imm> a
                        x = w ^ 912L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) != ((int) (x >> 32))) { pc = j >>> 16; }
                        break;
                    }
                    case 58: { // jgt64_reg< a,b
                        x = w ^ 928L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) > 0) { pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 59: { // jgt64_reg> a,b
                        x = w ^ 944L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) > 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 60: { // jgt64_imm< a
                        x = w ^ 960L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 32)) > 0) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 61: { // jgt64_imm> a
                        x = w ^ 976L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 32)) > 0) { pc = j >>> 16; }
                        break;
                    }
                    case 62: { // jgt32_imm< a
                        x = w ^ 992L;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 32))) > 0) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 63: { // jgt32_imm> a
                        x = w ^ 1008L;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 32))) > 0) { pc = j >>> 16; }
                        break;
                    }
                    case 64: { // jge64_reg> a,b
                        x = w ^ 1024L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) >= 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 65: { // jlt64_reg< a,b
                        x = w ^ 1040L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) < 0) { pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 66: { // jlt64_reg> a,b
                        x = w ^ 1056L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) < 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 67: { // jlt64_imm< a
                        x = w ^ 1072L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 32)) < 0) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 68: { // jlt64_imm> a
                        x = w ^ 1088L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 32)) < 0) { pc = j >>> 16; }
                        break;
                    }
                    case 69: { // jlt32_reg< a,b
                        x = w ^ 1104L;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) < 0) { pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 70: { // jlt32_imm< a
                        x = w ^ 1120L;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 32))) < 0) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 71: { // jle64_reg< a,b
                        x = w ^ 1136L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) <= 0) { pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 72: { // jle64_reg> a,b
                        x = w ^ 1152L;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) <= 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 73: { // jle32_reg> a,b
                        x = w ^ 1168L;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) <= 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 74: { // jsgt32_imm> a
                        x = w ^ 1184L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) > ((int) (x >> 32))) { pc = j >>> 16; }
                        break;
                    }
                    case 75: { // jslt32_imm> a
                        x = w ^ 1200L;
                        j = (int) x;
                        if ((((int) regs[j & 15])) < ((int) (x >> 32))) { pc = j >>> 16; }
                        break;
                    }
                    case 76: { // ja<
                        x = w ^ 1216L;
                        pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; }
                        break;
                    }
                    case 77: { // ja>
                        x = w ^ 1232L;
                        pc = (int) (x >> 32);
                        break;
                    }
                    case 78: { // call_local
                        x = w ^ 1248L;
                        int d = (int) regs[17];
                        if (d >= regs[20]) { break cold; }
                        regs[17] = d + 8;
                        d &= 56;
                        regs[d + 128] = regs[6];
                        regs[d + 129] = regs[7];
                        regs[d + 130] = regs[8];
                        regs[d + 131] = regs[9];
                        regs[d + 132] = pc;
                        regs[10] -= 512;
                        pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; }
                        break;
                    }
                    case 79: { // exit
                        int d = (int) regs[17] - 8;
                        if (d < 0) { break cold; }
                        regs[17] = d;
                        d &= 56;
                        regs[6] = regs[d + 128];
                        regs[7] = regs[d + 129];
                        regs[8] = regs[d + 130];
                        regs[9] = regs[d + 131];
                        pc = (int) regs[d + 132];
                        regs[10] += 512;
                        break;
                    }
                    case 80: { // st8 a
                        x = w ^ 1280L;
                        j = (int) x;
                        memory.set(BYTE, (regs[j & 15] + ((long) (j >> 16))) & 0xffffffffL, (byte) (((int) (x >> 32)) & 0xff));
                        break;
                    }
                    case 81: { // st16 a
                        x = w ^ 1296L;
                        j = (int) x;
                        memory.set(SHORT, (regs[j & 15] + ((long) (j >> 16))) & 0xffffffffL, (short) (((int) (x >> 32)) & 0xffff));
                        break;
                    }
                    case 82: { // st32 a
                        x = w ^ 1312L;
                        j = (int) x;
                        memory.set(INT, (regs[j & 15] + ((long) (j >> 16))) & 0xffffffffL, (int) (x >> 32));
                        break;
                    }
                    case 83: { // st64 a
                        x = w ^ 1328L;
                        j = (int) x;
                        memory.set(LONG, (regs[j & 15] + ((long) (j >> 16))) & 0xffffffffL, x >> 32);
                        break;
                    }
                    case 84: { // jne64_reg> a,b
                        x = w ^ 1344L;
                        j = (int) x;
                        if (regs[j & 15] != regs[j >>> 28]) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 85: { // jeq64_reg> a,b
                        x = w ^ 1360L;
                        j = (int) x;
                        if (regs[j & 15] == regs[j >>> 28]) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 86: { // and64_reg a,b
                        x = w ^ 1376L;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] & regs[j >>> 28];
                        break;
                    }
                    case 87: { // mov64_reg a,b ; add64_reg a,c
                        x = w ^ 1392L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 12 & 15] = t0 + regs[j >>> 28];
                        break;
                    }
                    case 88: { // add64_imm a ; add64_imm b
                        x = w ^ 1408L;
                        j = (int) x;
                        long t0 = regs[j & 15] + (x >> 32);
                        regs[j & 15] = t0;
                        regs[j >>> 12 & 15] = regs[j >>> 12 & 15] + ((long) (j >> 16));
                        break;
                    }
                    case 89: { // mov32_reg a,b ; rsh32_imm a
                        x = w ^ 1424L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        regs[j >>> 28] = ((t0) >>> (j >>> 12)) & 0xffffffffL;
                        break;
                    }
                    case 90: { // mov32_reg a,b ; and32_imm a
                        x = w ^ 1440L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        regs[j >>> 28] = ((t0) & ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 91: { // add64_imm a ; mov64_reg b,c
                        x = w ^ 1456L;
                        j = (int) x;
                        long t0 = regs[j & 15] + (x >> 32);
                        regs[j & 15] = t0;
                        regs[j >>> 12 & 15] = regs[j >>> 28];
                        break;
                    }
                    case 92: { // add64_imm a ; mov64_reg b,c ; jlt64_reg< a,d
                        x = w ^ 1472L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + (x >> 48);
                        long t2 = regs[j >>> 28];
                        regs[j & 15] = t1;
                        regs[j >>> 16 & 15] = t2;
                        if (Long.compareUnsigned(t1, regs[j >>> 12 & 15]) < 0) { pc = (int) (x >>> 32) & 0xffff; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 93: { // mov64_reg a,b ; add64_reg a,c ; ldx8 d,a
                        x = w ^ 1488L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + regs[j >>> 28];
                        regs[j >>> 12 & 15] = t1;
                        regs[j >>> 16 & 15] = (long) (memory.get(BYTE, (t1 + (x >> 32)) & 0xffffffffL) & 0xff);
                        break;
                    }
                    case 94: { // mov64_reg a,b ; rsh64_imm a
                        x = w ^ 1504L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 28] = t0 >>> (j >>> 12);
                        break;
                    }
                    case 95: { // add64_imm a ; jlt64_reg< a,b
                        x = w ^ 1520L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + (x >> 32);
                        regs[j & 15] = t1;
                        if (Long.compareUnsigned(t1, regs[j >>> 12 & 15]) < 0) { pc = j >>> 16; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 96: { // add64_reg a,b ; add64_imm c
                        x = w ^ 1536L;
                        j = (int) x;
                        long t0 = regs[j & 15] + regs[j >>> 28];
                        regs[j & 15] = t0;
                        regs[j >>> 12 & 15] = regs[j >>> 12 & 15] + (x >> 32);
                        break;
                    }
                    case 97: { // ldx16 a,b ; add64_reg c,a ; add64_imm b
                        x = w ^ 1552L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = (long) (memory.get(SHORT, (t0 + (x >> 48)) & 0xffffffffL) & 0xffff);
                        long t2 = regs[j >>> 28] + t1;
                        regs[j >>> 12 & 15] = t1;
                        regs[j >>> 28] = t2;
                        regs[j & 15] = t0 + ((long) ((short) (x >>> 32)));
                        break;
                    }
                    case 98: { // mov32_reg a,b ; and32_imm a ; rsh32_imm b
                        x = w ^ 1568L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        int t1 = ((int) t0);
                        int t2 = (t1) & ((int) (x >> 32));
                        regs[j >>> 28] = t2 & 0xffffffffL;
                        regs[j & 15] = ((((int) t0)) >>> (j >>> 12)) & 0xffffffffL;
                        break;
                    }
                    case 99: { // add64_reg a,b ; rsh64_imm c ; xor64_reg a,c
                        x = w ^ 1584L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + regs[j >>> 28];
                        long t2 = regs[j >>> 12 & 15];
                        long t3 = t2 >>> (j >>> 16);
                        regs[j >>> 12 & 15] = t3;
                        regs[j & 15] = t1 ^ t3;
                        break;
                    }
                    case 100: { // mov32_reg a,b ; rsh32_imm a ; mov32_reg c,b ; lsh32_imm c ; or32_reg c,a
                        x = w ^ 1600L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        int t1 = ((int) t0);
                        int t2 = (t1) >>> (j >>> 16);
                        int t3 = ((int) t0);
                        int t4 = (t3) << ((int) (x >>> 32));
                        regs[j >>> 28] = t2 & 0xffffffffL;
                        regs[j >>> 12 & 15] = ((t4) | (t2)) & 0xffffffffL;
                        break;
                    }
                    case 101: { // mov32_reg a,b ; lsh32_imm a ; arsh32_imm a
                        x = w ^ 1616L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        int t1 = (t0) << (j >>> 12);
                        regs[j >>> 28] = ((t1) >> (j >>> 20)) & 0xffffffffL;
                        break;
                    }
                    case 102: { // mov32_reg a,b ; jlt64_reg< c,d
                        x = w ^ 1632L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        regs[j >>> 16 & 15] = t0 & 0xffffffffL;
                        if (Long.compareUnsigned(regs[j >>> 28], regs[j >>> 12 & 15]) < 0) { pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 103: { // mov64_reg a,b ; xor64_reg a,c
                        x = w ^ 1648L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 12 & 15] = t0 ^ regs[j >>> 28];
                        break;
                    }
                    case 104: { // mov64_reg a,b ; mov64_reg c,d ; call_local
                        x = w ^ 1664L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        int d = (int) regs[17];
                        if (d >= regs[20]) { break cold; }
                        regs[j >>> 12 & 15] = t0;
                        regs[j >>> 16 & 15] = t1;
                        regs[17] = d + 8;
                        d &= 56;
                        regs[d + 128] = regs[6];
                        regs[d + 129] = regs[7];
                        regs[d + 130] = regs[8];
                        regs[d + 131] = regs[9];
                        regs[d + 132] = pc;
                        regs[10] -= 512;
                        pc = (int) (x >> 32); if (--regs[16] <= 0) { break run; }
                        break;
                    }
                    case 105: { // lsh32_imm a ; or32_reg a,b
                        x = w ^ 1680L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        int t1 = (((int) t0)) << (j >>> 12);
                        regs[j & 15] = ((t1) | (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 106: { // mov64_reg a,b ; mod64_reg a,c ; jeq64_imm< a
                        x = w ^ 1696L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        long t2 = (t1 == 0L) ? t0 : Long.remainderUnsigned(t0, t1);
                        regs[j >>> 12 & 15] = t2;
                        if (t2 == (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 107: { // add64_imm a ; jlt64_reg> a,b
                        x = w ^ 1712L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + (x >> 32);
                        regs[j & 15] = t1;
                        if (Long.compareUnsigned(t1, regs[j >>> 12 & 15]) < 0) { pc = j >>> 16; }
                        break;
                    }
                    case 108: { // ldx32 a,b ; mov64_reg c,d ; jle32_reg> a,e
                        x = w ^ 1728L;
                        j = (int) x;
                        int t0 = memory.get(INT, (regs[j & 15] + (x >> 48)) & 0xffffffffL);
                        long t1 = regs[j >>> 28];
                        regs[j >>> 16 & 15] = t0 & 0xffffffffL;
                        regs[j >>> 20 & 15] = t1;
                        if (Integer.compareUnsigned((t0), (((int) regs[j >>> 12 & 15]))) <= 0) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 109: { // mov64_reg a,b ; add64_reg a,c ; ldx8 a,a
                        x = w ^ 1744L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + regs[j >>> 28];
                        regs[j >>> 12 & 15] = (long) (memory.get(BYTE, (t1 + (x >> 32)) & 0xffffffffL) & 0xff);
                        break;
                    }
                    case 110: { // stx32 a,b ; mov64_imm c
                        x = w ^ 1760L;
                        j = (int) x;
                        memory.set(INT, (regs[j & 15] + (x >> 48)) & 0xffffffffL, ((int) regs[j >>> 28]));
                        regs[j >>> 12 & 15] = (long) ((short) (x >>> 32));
                        break;
                    }
                    case 111: { // mov64_reg a,b ; add64_reg a,c ; ldx8 d,a ; mov32_reg e,f ; and32_imm e
                        x = w ^ 1776L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + regs[j >>> 28];
                        long t2 = (long) (memory.get(BYTE, (t1 + (x >> 48)) & 0xffffffffL) & 0xff);
                        int t3 = ((int) regs[j >>> 12 & 15]);
                        regs[j >>> 16 & 15] = t1;
                        regs[j >>> 20 & 15] = t2;
                        regs[j >>> 24 & 15] = ((t3) & ((short) (x >>> 32))) & 0xffffffffL;
                        break;
                    }
                    case 112: { // ldx8 a,b ; add64_imm b
                        x = w ^ 1792L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = (long) (memory.get(BYTE, (t0 + ((long) (j >> 16))) & 0xffffffffL) & 0xff);
                        regs[j >>> 12 & 15] = t1;
                        regs[j & 15] = t0 + (x >> 32);
                        break;
                    }
                    case 113: { // mov64_reg a,b ; mov64_reg b,c ; mod64_reg b,a ; mov64_reg c,a ; jne64_imm< b
                        x = w ^ 1808L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        long t2 = (t0 == 0L) ? t1 : Long.remainderUnsigned(t1, t0);
                        regs[j >>> 12 & 15] = t0;
                        regs[j & 15] = t2;
                        regs[j >>> 28] = t0;
                        if (t2 != (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 114: { // add64_imm a ; mov64_reg b,a ; mul64_reg b,b ; jgt64_reg< b,c
                        x = w ^ 1824L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + (x >> 48);
                        long t2 = t1 * t1;
                        regs[j & 15] = t1;
                        regs[j >>> 12 & 15] = t2;
                        if (Long.compareUnsigned(t2, regs[j >>> 28]) > 0) { pc = (int) (x >>> 32) & 0xffff; if (--regs[16] <= 0) { break run; } }
                        break;
                    }
                    case 115: { // mov64_reg a,b ; lsh64_imm a ; xor64_reg a,b ; mov64_reg c,a ; rsh64_imm c
                        x = w ^ 1840L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 << (j >>> 16);
                        long t2 = t1 ^ t0;
                        regs[j >>> 28] = t2;
                        regs[j >>> 12 & 15] = t2 >>> ((int) (x >>> 32));
                        break;
                    }
                    case 116: { // xor64_reg a,b ; mov64_reg c,a ; lsh64_imm c ; xor64_reg c,a
                        x = w ^ 1856L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 ^ regs[j >>> 28];
                        long t2 = t1 << (j >>> 16);
                        regs[j & 15] = t1;
                        regs[j >>> 12 & 15] = t2 ^ t1;
                        break;
                    }
                    case 117: { // mov64_reg a,b ; xor64_reg a,c ; rsh64_imm c ; add64_reg a,c ; exit
                        x = w ^ 1872L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        long t2 = t0 ^ t1;
                        long t3 = t1 >>> (j >>> 16);
                        long t4 = t2 + t3;
                        int d = (int) regs[17] - 8;
                        if (d < 0) { break cold; }
                        regs[j >>> 28] = t3;
                        regs[j >>> 12 & 15] = t4;
                        regs[17] = d;
                        d &= 56;
                        regs[6] = regs[d + 128];
                        regs[7] = regs[d + 129];
                        regs[8] = regs[d + 130];
                        regs[9] = regs[d + 131];
                        pc = (int) regs[d + 132];
                        regs[10] += 512;
                        break;
                    }
                    case 118: { // ldx32 a,b ; add64_reg b,c ; ldx32 d,e ; mul32_reg a,d
                        x = w ^ 1888L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        int t1 = memory.get(INT, (t0 + (x >> 48)) & 0xffffffffL);
                        long t2 = t0 + regs[j >>> 28];
                        int t3 = memory.get(INT, (regs[j >>> 12 & 15] + ((long) ((short) (x >>> 32)))) & 0xffffffffL);
                        regs[j & 15] = t2;
                        regs[j >>> 16 & 15] = t3 & 0xffffffffL;
                        regs[j >>> 20 & 15] = ((t1) * (t3)) & 0xffffffffL;
                        break;
                    }
                    case 119: { // add32_reg a,b ; sub32_reg b,c ; xor32_reg b,d
                        x = w ^ 1904L;
                        j = (int) x;
                        long t0 = regs[j >>> 28];
                        int t1 = (((int) regs[j & 15])) + (((int) t0));
                        int t2 = (((int) t0)) - (((int) regs[j >>> 12 & 15]));
                        regs[j & 15] = t1 & 0xffffffffL;
                        regs[j >>> 28] = ((t2) ^ (((int) regs[j >>> 16 & 15]))) & 0xffffffffL;
                        break;
                    }
                    case 120: { // mov32_reg a,b ; lsh32_imm a ; arsh32_imm a ; and32_reg a,c ; xor32_reg a,d
                        x = w ^ 1920L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        int t1 = (t0) << (j >>> 20);
                        int t2 = (t1) >> ((int) (x >>> 32));
                        int t3 = (t2) & (((int) regs[j >>> 28]));
                        regs[j >>> 16 & 15] = ((t3) ^ (((int) regs[j >>> 12 & 15]))) & 0xffffffffL;
                        break;
                    }
                    case 121: { // mov64_reg a,b ; rsh64_imm a ; mov64_reg c,b ; lsh64_imm c ; or64_reg c,a
                        x = w ^ 1936L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 >>> (j >>> 16);
                        long t2 = t0 << ((int) (x >>> 32));
                        regs[j >>> 28] = t1;
                        regs[j >>> 12 & 15] = t2 | t1;
                        break;
                    }
                    case 122: { // mov64_reg a,b ; rsh64_imm a ; lsh64_imm b ; or64_reg b,a
                        x = w ^ 1952L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 >>> (j >>> 12);
                        long t2 = t0 << (j >>> 20);
                        regs[j >>> 28] = t1;
                        regs[j & 15] = t2 | t1;
                        break;
                    }
                    case 123: { // mov32_reg a,b ; or32_imm a
                        x = w ^ 1968L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        regs[j >>> 28] = ((t0) | ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 124: { // mov64_reg a,b ; add64_reg a,c ; ldx8 d,a ; mov32_reg a,d ; and32_imm a
                        x = w ^ 1984L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + regs[j >>> 28];
                        long t2 = (long) (memory.get(BYTE, (t1 + (x >> 48)) & 0xffffffffL) & 0xff);
                        int t3 = ((int) t2);
                        regs[j >>> 12 & 15] = t2;
                        regs[j >>> 16 & 15] = ((t3) & ((short) (x >>> 32))) & 0xffffffffL;
                        break;
                    }
                    case 125: { // lsh64_imm a ; mov64_reg b,c ; add64_reg b,a
                        x = w ^ 2000L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 << (j >>> 16);
                        long t2 = regs[j >>> 28];
                        regs[j & 15] = t1;
                        regs[j >>> 12 & 15] = t2 + t1;
                        break;
                    }
                    case 126: { // mov32_reg a,b ; rsh32_imm a ; and32_imm a
                        x = w ^ 2016L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        int t1 = (t0) >>> (j >>> 12);
                        regs[j >>> 28] = ((t1) & ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 127: { // lsh32_imm a ; or32_reg a,b ; add64_imm c
                        x = w ^ 2032L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        int t1 = (((int) t0)) << (j >>> 16);
                        int t2 = (t1) | (((int) regs[j >>> 28]));
                        regs[j & 15] = t2 & 0xffffffffL;
                        regs[j >>> 12 & 15] = regs[j >>> 12 & 15] + (x >> 32);
                        break;
                    }
                    case 128: { // mov32_reg a,b ; rsh32_imm a ; lsh64_imm a ; add64_reg c,a
                        x = w ^ 2048L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        int t1 = (t0) >>> (j >>> 16);
                        long t2 = (t1 & 0xffffffffL) << ((int) (x >>> 32));
                        regs[j >>> 12 & 15] = t2;
                        regs[j >>> 28] = regs[j >>> 28] + t2;
                        break;
                    }
                    case 129: { // mov32_reg a,b ; mul32_imm a
                        x = w ^ 2064L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        regs[j >>> 28] = ((t0) * ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 130: { // mov32_reg a,b ; and32_imm a ; jne32_imm> a
                        x = w ^ 2080L;
                        j = (int) x;
                        int t0 = ((int) regs[j & 15]);
                        int t1 = (t0) & ((int) (x >> 48));
                        regs[j >>> 12 & 15] = t1 & 0xffffffffL;
                        if ((t1) != ((short) (x >>> 32))) { pc = j >>> 16; }
                        break;
                    }
                    case 131: { // mov64_reg a,b ; lsh64_imm a
                        x = w ^ 2096L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 28] = t0 << (j >>> 12);
                        break;
                    }
                    case 132: { // mov64_reg a,b ; lsh64_imm a ; mov64_reg c,d ; add64_reg c,a
                        x = w ^ 2112L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 << (j >>> 20);
                        long t2 = regs[j >>> 28];
                        regs[j >>> 12 & 15] = t1;
                        regs[j >>> 16 & 15] = t2 + t1;
                        break;
                    }
                    case 133: { // mov64_reg a,b ; add64_reg a,c ; ldx8 a,a ; mov32_reg d,a ; and32_imm d
                        x = w ^ 2128L;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = t0 + regs[j >>> 28];
                        long t2 = (long) (memory.get(BYTE, (t1 + (x >> 48)) & 0xffffffffL) & 0xff);
                        int t3 = ((int) t2);
                        regs[j >>> 12 & 15] = t2;
                        regs[j >>> 16 & 15] = ((t3) & ((short) (x >>> 32))) & 0xffffffffL;
                        break;
                    }
                    default: {
                        int next = rare(regs, w, code, pc);
                        if (next < 0) {
                            break cold;
                        }
                        pc = next;
                        if (regs[16] <= 0) {
                            break run;
                        }
                    }
                }
            }
        regs[18] = pc;
        regs[19] = 0;
        return regs;
        }
        regs[18] = pc - 1;
        regs[19] = 1;
        return regs;
    }

    private static int rare(long[] regs, long w, long[] code, int pc) {
        int j;
        long x;
                switch ((int) w >>> 16 & 255) {
                    case 0: { // sub32_imm a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) - ((int) (x >> 32))) & 0xffffffffL;
                        break;
                    }
                    case 1: { // sub64_imm a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] - (x >> 32);
                        break;
                    }
                    case 2: { // div32_imm a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = ((((int) (x >> 32)) == 0) ? 0 : Integer.divideUnsigned((((int) regs[j & 15])), ((int) (x >> 32)))) & 0xffffffffL;
                        break;
                    }
                    case 3: { // div32_reg a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 28] = (((((int) t0)) == 0) ? 0 : Integer.divideUnsigned((((int) regs[j >>> 28])), (((int) t0)))) & 0xffffffffL;
                        break;
                    }
                    case 4: { // div64_reg a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 28] = (t0 == 0L) ? 0L : Long.divideUnsigned(regs[j >>> 28], t0);
                        break;
                    }
                    case 5: { // sdiv32_imm a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = ((((int) (x >> 32)) == 0) ? 0 : ((((int) regs[j & 15])) / ((int) (x >> 32)))) & 0xffffffffL;
                        break;
                    }
                    case 6: { // sdiv32_reg a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 28] = (((((int) t0)) == 0) ? 0 : ((((int) regs[j >>> 28])) / (((int) t0)))) & 0xffffffffL;
                        break;
                    }
                    case 7: { // sdiv64_imm a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = ((x >> 32) == 0L) ? 0L : (regs[j & 15] / (x >> 32));
                        break;
                    }
                    case 8: { // sdiv64_reg a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 28] = (t0 == 0L) ? 0L : (regs[j >>> 28] / t0);
                        break;
                    }
                    case 9: { // lsh32_reg a,b
                        x = w;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) << (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 10: { // lsh64_reg a,b
                        x = w;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] << (((int) regs[j >>> 28]));
                        break;
                    }
                    case 11: { // rsh32_reg a,b
                        x = w;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) >>> (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 12: { // mod32_imm a
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = ((((int) (x >> 32)) == 0) ? (((int) t0)) : Integer.remainderUnsigned((((int) t0)), ((int) (x >> 32)))) & 0xffffffffL;
                        break;
                    }
                    case 13: { // mod32_reg a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        regs[j >>> 28] = (((((int) t0)) == 0) ? (((int) t1)) : Integer.remainderUnsigned((((int) t1)), (((int) t0)))) & 0xffffffffL;
                        break;
                    }
                    case 14: { // mod64_imm a
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = ((x >> 32) == 0L) ? t0 : Long.remainderUnsigned(t0, (x >> 32));
                        break;
                    }
                    case 15: { // smod32_imm a
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = ((((int) (x >> 32)) == 0) ? (((int) t0)) : ((((int) t0)) % ((int) (x >> 32)))) & 0xffffffffL;
                        break;
                    }
                    case 16: { // smod32_reg a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        regs[j >>> 28] = (((((int) t0)) == 0) ? (((int) t1)) : ((((int) t1)) % (((int) t0)))) & 0xffffffffL;
                        break;
                    }
                    case 17: { // smod64_imm a
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = ((x >> 32) == 0L) ? t0 : (t0 % (x >> 32));
                        break;
                    }
                    case 18: { // smod64_reg a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        long t1 = regs[j >>> 28];
                        regs[j >>> 28] = (t0 == 0L) ? t1 : (t1 % t0);
                        break;
                    }
                    case 19: { // arsh32_reg a,b
                        x = w;
                        j = (int) x;
                        regs[j & 15] = ((((int) regs[j & 15])) >> (((int) regs[j >>> 28]))) & 0xffffffffL;
                        break;
                    }
                    case 20: { // arsh64_imm a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] >> (j >>> 24);
                        break;
                    }
                    case 21: { // arsh64_reg a,b
                        x = w;
                        j = (int) x;
                        regs[j & 15] = regs[j & 15] >> (((int) regs[j >>> 28]));
                        break;
                    }
                    case 22: { // neg64 a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = -regs[j & 15];
                        break;
                    }
                    case 23: { // movsx8_32 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = ((byte) (((int) regs[j & 15]) & 0xff)) & 0xffffffffL;
                        break;
                    }
                    case 24: { // movsx16_32 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = ((short) (((int) regs[j & 15]) & 0xffff)) & 0xffffffffL;
                        break;
                    }
                    case 25: { // movsx8_64 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = (long) ((byte) (((int) regs[j & 15]) & 0xff));
                        break;
                    }
                    case 26: { // movsx16_64 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = (long) ((short) (((int) regs[j & 15]) & 0xffff));
                        break;
                    }
                    case 27: { // movsx32_64 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = (long) (((int) regs[j & 15]));
                        break;
                    }
                    case 28: { // le16 a
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = (long) (((int) t0) & 0xffff);
                        break;
                    }
                    case 29: { // le32 a
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = (((int) t0)) & 0xffffffffL;
                        break;
                    }
                    case 30: { // le64 a
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j & 15] = t0;
                        break;
                    }
                    case 31: { // bswap16 a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = (long) (Short.reverseBytes((short) (((int) regs[j & 15]) & 0xffff)) & 0xffff);
                        break;
                    }
                    case 32: { // bswap32 a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = Integer.reverseBytes(((int) regs[j & 15])) & 0xffffffffL;
                        break;
                    }
                    case 33: { // bswap64 a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = Long.reverseBytes(regs[j & 15]);
                        break;
                    }
                    case 34: { // jeq32_reg> a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) == (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 35: { // jgt32_reg> a,b
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) > 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 36: { // jgt32_reg< a,b
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) > 0) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 37: { // jge64_imm> a
                        x = w;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 48)) >= 0) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 38: { // jge64_imm< a
                        x = w;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 48)) >= 0) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 39: { // jge64_reg< a,b
                        x = w;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], regs[j >>> 28]) >= 0) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 40: { // jge32_imm> a
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 48))) >= 0) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 41: { // jge32_imm< a
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 48))) >= 0) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 42: { // jge32_reg> a,b
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) >= 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 43: { // jge32_reg< a,b
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) >= 0) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 44: { // jset64_imm> a
                        x = w;
                        j = (int) x;
                        if ((regs[j & 15] & (x >> 48)) != 0L) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 45: { // jset64_imm< a
                        x = w;
                        j = (int) x;
                        if ((regs[j & 15] & (x >> 48)) != 0L) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 46: { // jset64_reg> a,b
                        x = w;
                        j = (int) x;
                        if ((regs[j & 15] & regs[j >>> 28]) != 0L) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 47: { // jset64_reg< a,b
                        x = w;
                        j = (int) x;
                        if ((regs[j & 15] & regs[j >>> 28]) != 0L) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 48: { // jset32_imm> a
                        x = w;
                        j = (int) x;
                        if (((((int) regs[j & 15])) & ((int) (x >> 48))) != 0) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 49: { // jset32_imm< a
                        x = w;
                        j = (int) x;
                        if (((((int) regs[j & 15])) & ((int) (x >> 48))) != 0) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 50: { // jset32_reg> a,b
                        x = w;
                        j = (int) x;
                        if (((((int) regs[j & 15])) & (((int) regs[j >>> 28]))) != 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 51: { // jset32_reg< a,b
                        x = w;
                        j = (int) x;
                        if (((((int) regs[j & 15])) & (((int) regs[j >>> 28]))) != 0) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 52: { // jne64_reg< a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] != regs[j >>> 28]) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 53: { // jne32_reg< a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) != (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 54: { // jsgt64_imm> a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] > (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 55: { // jsgt64_imm< a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] > (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 56: { // jsgt64_reg> a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] > regs[j >>> 28]) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 57: { // jsgt64_reg< a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] > regs[j >>> 28]) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 58: { // jsgt32_imm< a
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) > ((int) (x >> 48))) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 59: { // jsgt32_reg> a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) > (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 60: { // jsgt32_reg< a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) > (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 61: { // jsge64_imm> a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] >= (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 62: { // jsge64_imm< a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] >= (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 63: { // jsge64_reg> a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] >= regs[j >>> 28]) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 64: { // jsge64_reg< a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] >= regs[j >>> 28]) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 65: { // jsge32_imm> a
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) >= ((int) (x >> 48))) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 66: { // jsge32_imm< a
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) >= ((int) (x >> 48))) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 67: { // jsge32_reg> a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) >= (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 68: { // jsge32_reg< a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) >= (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 69: { // jlt32_imm> a
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 48))) < 0) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 70: { // jlt32_reg> a,b
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) < 0) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 71: { // jle64_imm> a
                        x = w;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 48)) <= 0) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 72: { // jle64_imm< a
                        x = w;
                        j = (int) x;
                        if (Long.compareUnsigned(regs[j & 15], (x >> 48)) <= 0) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 73: { // jle32_imm> a
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 48))) <= 0) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 74: { // jle32_imm< a
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), ((int) (x >> 48))) <= 0) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 75: { // jle32_reg< a,b
                        x = w;
                        j = (int) x;
                        if (Integer.compareUnsigned((((int) regs[j & 15])), (((int) regs[j >>> 28]))) <= 0) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 76: { // jslt64_imm> a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] < (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 77: { // jslt64_imm< a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] < (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 78: { // jslt64_reg> a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] < regs[j >>> 28]) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 79: { // jslt64_reg< a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] < regs[j >>> 28]) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 80: { // jslt32_imm< a
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) < ((int) (x >> 48))) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 81: { // jslt32_reg> a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) < (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 82: { // jslt32_reg< a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) < (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 83: { // jsle64_imm> a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] <= (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 84: { // jsle64_imm< a
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] <= (x >> 48)) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 85: { // jsle64_reg> a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] <= regs[j >>> 28]) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 86: { // jsle64_reg< a,b
                        x = w;
                        j = (int) x;
                        if (regs[j & 15] <= regs[j >>> 28]) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 87: { // jsle32_imm> a
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) <= ((int) (x >> 48))) { pc = (int) (x >>> 32) & 0xffff; }
                        break;
                    }
                    case 88: { // jsle32_imm< a
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) <= ((int) (x >> 48))) { pc = (int) (x >>> 32) & 0xffff; --regs[16]; }
                        break;
                    }
                    case 89: { // jsle32_reg> a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) <= (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); }
                        break;
                    }
                    case 90: { // jsle32_reg< a,b
                        x = w;
                        j = (int) x;
                        if ((((int) regs[j & 15])) <= (((int) regs[j >>> 28]))) { pc = (int) (x >> 32); --regs[16]; }
                        break;
                    }
                    case 91: { // ja32>
                        x = w;
                        pc = (int) (x >> 32);
                        break;
                    }
                    case 92: { // ja32<
                        x = w;
                        pc = (int) (x >> 32); --regs[16];
                        break;
                    }
                    case 93: { // ldxsx32 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = (long) memory.get(INT, (regs[j & 15] + (x >> 32)) & 0xffffffffL);
                        break;
                    }
                    case 94: { // ldxsx16 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = (long) ((short) (memory.get(SHORT, (regs[j & 15] + (x >> 32)) & 0xffffffffL) & 0xffff));
                        break;
                    }
                    case 95: { // ldxsx8 a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = (long) ((byte) (memory.get(BYTE, (regs[j & 15] + (x >> 32)) & 0xffffffffL) & 0xff));
                        break;
                    }
                    case 96: { // lddw_map_fd a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = code[(int) (x >> 32)];
                        break;
                    }
                    case 97: { // lddw_map_value a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = code[(int) (x >> 32)];
                        break;
                    }
                    case 98: { // lddw_variable a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = code[(int) (x >> 32)];
                        break;
                    }
                    case 99: { // lddw_function a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = code[(int) (x >> 32)];
                        break;
                    }
                    case 100: { // lddw_map_index a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = code[(int) (x >> 32)];
                        break;
                    }
                    case 101: { // lddw_map_index_value a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = code[(int) (x >> 32)];
                        break;
                    }
                    case 102: { // cast_kern a,b
                        x = w;
                        j = (int) x;
                        regs[j >>> 28] = regs[j & 15] & 0xffffffffL;
                        break;
                    }
                    case 103: { // cast_user a,b
                        x = w;
                        j = (int) x;
                        long t0 = regs[j & 15];
                        regs[j >>> 28] = ((t0 & 0xffffffffL) == 0L) ? 0L : ((t0 & 0xffffffffL) | regs[22]);
                        break;
                    }
                    case 104: { // lane_cells a
                        x = w;
                        j = (int) x;
                        regs[j & 15] = regs[21];
                        break;
                    }
                    default:
                        return -1;
                }
                return pc;
    }
}
