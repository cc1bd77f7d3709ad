// xorshift: Marsaglia's xorshift64, 2 * len rounds: three shifts and three exclusive ors in one dependency chain.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 x = *(const u64 *)mem | 1;
  for (u64 i = 0; i < 2 * len; i++) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
  }
  return x;
}
