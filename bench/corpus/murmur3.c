// murmur3: MurmurHash3_x86_32 (Appleby) of the memory: 32-bit multiplications and rotations, so 32-bit instructions throughout.
#include "corpus.h"

#define ROTL32(x, n) ((x) << (n) | (x) >> (32 - (n)))

ENTRY u64 run(u8 *mem, u64 len) {
  const u32 *words = (const u32 *)mem;
  u32 h = 0x9747b28c;
  for (u64 i = 0; i < len / 4; i++) {
    u32 k = words[i];
    k *= 0xcc9e2d51;
    k = ROTL32(k, 15);
    k *= 0x1b873593;
    h ^= k;
    h = ROTL32(h, 13);
    h = h * 5 + 0xe6546b64;
  }
  h ^= (u32)len;
  h ^= h >> 16;
  h *= 0x85ebca6b;
  h ^= h >> 13;
  h *= 0xc2b2ae35;
  h ^= h >> 16;
  return h;
}
