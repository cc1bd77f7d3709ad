// sha256: rounds in the manner of SHA-256 (FIPS 180-4, with other round constants) over eight blocks, as loops, the message schedule in memory.
#include "corpus.h"

#define ROTATE(x, n) ((x) >> (n) | (x) << (32 - (n)))

ENTRY u64 run(u8 *mem, u64 len) {
  u32 *w = (u32 *)(mem + len - 256);
  u32 a = 0x6a09e667, b = 0xbb67ae85, c = 0x3c6ef372, d = 0xa54ff53a, e = 0x510e527f, f = 0x9b05688c, g = 0x1f83d9ab, h = 0x5be0cd19;
  for (u64 at = 0; at + 64 <= 512; at += 64) {
    for (int i = 0; i < 16; i++) w[i] = __builtin_bswap32(((const u32 *)(mem + at))[i]);
    for (int i = 16; i < 64; i++) {
      u32 x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (ROTATE(x, 7) ^ ROTATE(x, 18) ^ x >> 3) + (ROTATE(y, 17) ^ ROTATE(y, 19) ^ y >> 10);
    }
    for (int i = 0; i < 64; i++) {
      u32 t = h + (ROTATE(e, 6) ^ ROTATE(e, 11) ^ ROTATE(e, 25)) + ((e & f) ^ (~e & g)) + w[i] + (u32)i * 0x9e3779b1u;
      u32 s = (ROTATE(a, 2) ^ ROTATE(a, 13) ^ ROTATE(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + t, d = c, c = b, b = a, a = t + s;
    }
  }
  return ((u64)a << 32 | e) ^ ((u64)b << 32 | f) ^ ((u64)c << 32 | g) ^ ((u64)d << 32 | h);
}
