// chacha: eight blocks of the ChaCha20 stream cipher (RFC 8439 section 2.3), the state held in memory as words: additions, exclusive ors and
// rotations of 32 bits.
#include "corpus.h"

#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))

INLINED void quarter(u32 *x, u32 ia, u32 ib, u32 ic, u32 id) {
  u32 a = x[ia], b = x[ib], c = x[ic], d = x[id];
  a += b, d ^= a, d = ROTATE(d, 16);
  c += d, b ^= c, b = ROTATE(b, 12);
  a += b, d ^= a, d = ROTATE(d, 8);
  c += d, b ^= c, b = ROTATE(b, 7);
  x[ia] = a, x[ib] = b, x[ic] = c, x[id] = d;
}

ENTRY u64 run(u8 *mem, u64 len) {
  const u32 *key = (const u32 *)mem;
  u32 *x = (u32 *)(mem + len / 2);
  u64 fold = 0;
  for (u64 counter = 0; counter < len / 256; counter++) {
    x[0] = 0x61707865, x[1] = 0x3320646e, x[2] = 0x79622d32, x[3] = 0x6b206574;
    for (int i = 0; i < 8; i++) x[4 + i] = key[i];
    x[12] = (u32)counter, x[13] = key[8], x[14] = key[9], x[15] = key[10];
    for (int round = 0; round < 10; round++) {
      quarter(x, 0, 4, 8, 12), quarter(x, 1, 5, 9, 13), quarter(x, 2, 6, 10, 14), quarter(x, 3, 7, 11, 15);
      quarter(x, 0, 5, 10, 15), quarter(x, 1, 6, 11, 12), quarter(x, 2, 7, 8, 13), quarter(x, 3, 4, 9, 14);
    }
    for (int i = 0; i < 8; i++) fold = fold * 31 + (x[2 * i] ^ (u64)x[2 * i + 1] << 32);
  }
  return fold;
}
