// siphash: SipHash-2-4 (Aumasson, Bernstein 2012) of the memory with a fixed key. Adds, exclusive ors and rotations of four 64-bit words;
// eBPF has no rotation, so each is two shifts and an or.
#include "corpus.h"

#define ROTL(x, n) ((x) << (n) | (x) >> (64 - (n)))
#define SIPROUND                                       \
  do {                                                 \
    v0 += v1; v1 = ROTL(v1, 13); v1 ^= v0; v0 = ROTL(v0, 32); \
    v2 += v3; v3 = ROTL(v3, 16); v3 ^= v2;             \
    v0 += v3; v3 = ROTL(v3, 21); v3 ^= v0;             \
    v2 += v1; v1 = ROTL(v1, 17); v1 ^= v2; v2 = ROTL(v2, 32); \
  } while (0)

ENTRY u64 run(u8 *mem, u64 len) {
  u64 k0 = 0x0706050403020100ull;
  u64 k1 = 0x0f0e0d0c0b0a0908ull;
  u64 v0 = 0x736f6d6570736575ull ^ k0;
  u64 v1 = 0x646f72616e646f6dull ^ k1;
  u64 v2 = 0x6c7967656e657261ull ^ k0;
  u64 v3 = 0x7465646279746573ull ^ k1;
  for (u64 i = 0; i < len / 8; i++) {
    u64 m = ((const u64 *)mem)[i];
    v3 ^= m;
    SIPROUND;
    SIPROUND;
    v0 ^= m;
  }
  u64 last = len << 56;
  v3 ^= last;
  SIPROUND;
  SIPROUND;
  v0 ^= last;
  v2 ^= 0xff;
  SIPROUND;
  SIPROUND;
  SIPROUND;
  SIPROUND;
  return v0 ^ v1 ^ v2 ^ v3;
}
