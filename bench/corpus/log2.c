// log2: integer logarithm of each of the memory's 64-bit words, shifted by its index to spread the magnitudes, by binary search:
// six comparisons with data-dependent outcome per word.
#include "corpus.h"

INLINED u32 log2_u32(u32 v) {
  u32 r = 0;
  if (v > 0xffff) { v >>= 16; r += 16; }
  if (v > 0xff) { v >>= 8; r += 8; }
  if (v > 0xf) { v >>= 4; r += 4; }
  if (v > 0x3) { v >>= 2; r += 2; }
  return r + (v >> 1);
}

INLINED u32 log2_u64(u64 v) {
  u32 high = v >> 32;
  return high ? log2_u32(high) + 32 : log2_u32((u32)v);
}

ENTRY u64 run(u8 *mem, u64 len) {
  const u64 *words = (const u64 *)mem;
  u64 sum = 0;
  for (u64 i = 0; i < len / 8; i++) {
    sum = sum * 5 + log2_u64(words[i] >> (i & 63));
  }
  return sum;
}
