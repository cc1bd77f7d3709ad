// sha1: the compression function of SHA-1 (FIPS 180-4) over four blocks, unrolled completely in eBPF: more than 8,000 instructions in one
// straight line, each of which runs once.
#include "corpus.h"

#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))

INLINED u32 choose(int t, u32 b, u32 c, u32 d) {
  return t < 20 ? (d ^ (b & (c ^ d))) + 0x5a827999 : t < 40 ? (b ^ c ^ d) + 0x6ed9eba1 : t < 60 ? ((b & c) | (d & (b | c))) + 0x8f1bbcdc
                                                                                                : (b ^ c ^ d) + 0xca62c1d6;
}

// `w` is the message schedule's last sixteen words; the barrier keeps it in memory, since a frame has no room for what could be kept of it.
INLINED void block(u32 *state, const u32 *words, u32 *w) {
  u32 a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
#pragma clang loop unroll(full)
  for (int t = 0; t < 80; t++) {
    u32 in;
    if (t < 16) {
      in = __builtin_bswap32(words[t]);
    } else {
      in = w[(t - 3) & 15] ^ w[(t - 8) & 15] ^ w[(t - 14) & 15] ^ w[t & 15];
      in = ROTATE(in, 1);
    }
    w[t & 15] = in;
    BARRIER(in);
    u32 next = ROTATE(a, 5) + choose(t, b, c, d) + e + in;
    e = d;
    d = c;
    c = ROTATE(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

ENTRY u64 run(u8 *mem, u64 len) {
  u32 state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  if (len < 512) return 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) block(state, (const u32 *)(mem + 64 * i), (u32 *)(mem + len - 64));
  return ((u64)state[0] << 32 | state[1]) ^ ((u64)state[2] << 32 | state[3]) ^ state[4];
}
