// SPDX-License-Identifier: Apache-2.0
//
// Plain computations on raw memory (r1 = memory, r2 = its length): four programs in one section, static
// functions in .text, tables in .rodata, no map, no helper. Built for every cpu version and byte order; the
// results are always the same, and the same as those of a native build of this file.

#include <bpf4j/bpf.h>

// CRC-32 (IEEE 802.3), bit by bit: shifts, xor, a loop in a loop.
SEC("memory")
u64 crc32(const u8 *memory, u64 length)
{
	u32 crc = 0xffffffff;
	for (u64 i = 0; i < length; i++) {
		crc ^= memory[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
	}
	return crc ^ 0xffffffff;
}

static __noinline s64 divide(s64 a, s64 b)
{
	if (b == 0)
		return 0;
#if __BPF_FEATURE_SDIV_SMOD || !defined(__bpf__)
	return a / b;
#else
	u64 quotient = (a < 0 ? -(u64)a : (u64)a) / (b < 0 ? -(u64)b : (u64)b);
	return (a < 0) != (b < 0) ? -quotient : quotient;
#endif
}

// Signed arithmetic of all widths: sign extension, signed comparison, signed division, arithmetic shift.
SEC("memory")
u64 signed_math(const u8 *memory, u64 length)
{
	s64 smallest = 0, sum = 0;
	for (u64 i = 0; i + 4 <= length; i += 4) {
		s64 byte = (signed char)memory[i];
		s64 half = (short)(memory[i] | memory[i + 1] << 8);
		s64 word = (s32)((u32)memory[i] | (u32)memory[i + 1] << 8 | (u32)memory[i + 2] << 16 | (u32)memory[i + 3] << 24);
		if (word < smallest)
			smallest = word;
		if ((s32)word > (s32)half)
			sum += byte;
		sum += divide(word, byte) + (half >> 3) - (word >> 17);
	}
	return sum * 31 + smallest;
}

static const u32 step[8] = {0x9e3779b9, 0x7f4a7c15, 0xbf58476d, 0x1ce4e5b9,
                            0x94d049bb, 0x133111eb, 0x2545f491, 0x4f6cdd1d};

// One way or the other for each lower half of a byte: a switch with many cases.
static __noinline u64 mix(u64 hash, u8 byte)
{
	switch (byte & 15) {
	case 0: return hash + step[byte >> 4 & 7];
	case 1: return hash ^ step[1];
	case 2: return hash * step[2];
	case 3: return hash << 7 | hash >> 57;
	case 4: return __builtin_bswap64(hash);
	case 5: return __builtin_bswap32(hash) | hash >> 32 << 32;
	case 6: return __builtin_bswap16(hash) ^ hash;
	case 7: return hash % step[byte & 7];
	case 8: return hash / (byte + 1u) + hash;
	case 9: return (u32)hash / (byte + 1u) * (u64)step[4];
	case 10: return (u32)hash % (byte + 1u) - hash;
	case 11: return ~hash;
	case 12: return -hash;
	case 13: return hash & ~(u64)step[5];
	case 14: return hash | byte;
	default: return (u32)hash >> (byte >> 4);
	}
}

// Unsigned arithmetic, division, byte swaps, a table, local calls.
SEC("memory")
u64 hash(const u8 *memory, u64 length)
{
	u64 hash = 0xcbf29ce484222325;
	for (u64 i = 0; i < length; i++)
		hash = mix(hash, memory[i]) * 0x100000001b3;
	return hash;
}

// The median byte, by way of an insertion sort of up to 64 bytes on the stack.
SEC("memory")
u64 median(const u8 *memory, u64 length)
{
	u8 sorted[64];
	u64 count = length < sizeof sorted ? length : sizeof sorted;
	for (u64 i = 0; i < count; i++) {
		u64 at = i;
		for (; at > 0 && sorted[at - 1] > memory[i]; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = memory[i];
	}
	return count ? sorted[count / 2] : 0;
}
