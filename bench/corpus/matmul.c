// matmul: the product of two 8 by 8 matrices of 32-bit numbers, whose size the compiler does not know.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  const u32 *a = (const u32 *)mem, *b = (const u32 *)(mem + 256);
  u32 *c = (u32 *)(mem + 1024);
  u64 size = len >> 8, fold = 0;
  for (u64 i = 0; i < size; i++) {
    for (u64 k = 0; k < size; k++) {
      u32 sum = 0;
      for (u64 m = 0; m < size; m++) sum += a[i * size + m] * b[m * size + k];
      c[i * size + k] = sum;
    }
  }
  for (u64 i = 0; i < size * size; i++) fold = fold * 5 + c[i];
  return fold;
}
