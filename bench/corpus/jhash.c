// jhash: Jenkins' hash of three words at a time over all of memory: 32-bit subtractions, exclusive ors and rotations.
#include "corpus.h"

#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))

ENTRY u64 run(u8 *mem, u64 len) {
  u32 a = 0xdeadbeef, b = a, c = a + (u32)len;
  const u32 *words = (const u32 *)mem;
  for (u64 left = len; left > 12; left -= 12) {
    a += words[0], b += words[1], c += words[2];
    a -= c, a ^= ROTATE(c, 4), c += b;
    b -= a, b ^= ROTATE(a, 6), a += c;
    c -= b, c ^= ROTATE(b, 8), b += a;
    a -= c, a ^= ROTATE(c, 16), c += b;
    b -= a, b ^= ROTATE(a, 19), a += c;
    c -= b, c ^= ROTATE(b, 4), b += a;
    words += 3;
  }
  return (u64)b << 32 | c;
}
