// base64: encodes the first quarter of memory in base 64, choosing each character by comparisons, then folds the text.
#include "corpus.h"

INLINED u8 character(u32 bits) {
  bits &= 63;
  return bits < 26 ? 'A' + bits : bits < 52 ? 'a' + bits - 26 : bits < 62 ? '0' + bits - 52 : bits == 62 ? '+' : '/';
}

ENTRY u64 run(u8 *mem, u64 len) {
  u8 *out = mem + 1024;
  u64 fold = 0;
  for (u64 i = 0; i + 3 <= len / 4; i += 3) {
    u32 bits = mem[i] << 16 | mem[i + 1] << 8 | mem[i + 2];
    out[0] = character(bits >> 18);
    out[1] = character(bits >> 12);
    out[2] = character(bits >> 6);
    out[3] = character(bits);
    out += 4;
  }
  for (u64 i = 1024; i < 1024 + len / 3; i++) fold = fold * 31 + mem[i];
  return fold;
}
