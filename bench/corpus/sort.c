// sort: insertion sort of 128 numbers of 32 bits, then a fold over the sorted ones.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u32 *sorted = (u32 *)(mem + 1024);
  u64 count = len / 16, fold = 0;
  for (u64 i = 0; i < count; i++) sorted[i] = ((const u32 *)mem)[i] * 2654435761u;
  for (u64 i = 1; i < count; i++) {
    u32 value = sorted[i];
    u64 k = i;
    while (k > 0 && sorted[k - 1] > value) {
      sorted[k] = sorted[k - 1];
      k--;
    }
    sorted[k] = value;
  }
  for (u64 i = 0; i < count; i++) fold = fold * 3 + sorted[i];
  return fold;
}
