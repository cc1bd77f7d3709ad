// memcpy: copies the first half of memory onto the second, first as 64-bit words, the last words byte by byte, then folds the copy.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 half = len / 2;
  u8 *dst = mem + half;
  u64 i = 0;
  for (; i + 64 < half; i += 8) {
    *(u64 *)(dst + i) = *(const u64 *)(mem + i);
  }
  for (; i < half; i++) {
    dst[i] = mem[i];
  }
  u64 fold = 0;
  for (i = 0; i < half; i += 8) {
    fold += *(const u64 *)(dst + i);
  }
  return fold;
}
