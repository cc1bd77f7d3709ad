// toeplitz: the hash that network cards steer packets by (receive side scaling), bit by bit over twelve-byte tuples.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 fold = 0;
  for (u64 at = 0; at + 12 <= len / 8; at += 12) {
    u32 key = 0x6d5a56da, hash = 0;
    const u8 *tuple = mem + at;
    for (u32 i = 0; i < 12; i++) {
      u8 bits = tuple[i], next = mem[1024 + 4 + i];
      for (u32 bit = 0; bit < 8; bit++) {
        if (bits & 0x80) hash ^= key;
        bits <<= 1;
        key = key << 1 | next >> 7;
        next <<= 1;
      }
    }
    fold = fold * 3 + hash;
  }
  return fold;
}
