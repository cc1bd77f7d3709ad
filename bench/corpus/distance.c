// distance: the edit distance of two texts of 64 bytes (Levenshtein), one row of a table at a time: dependent loads, minimum of three.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 size = len / 32;
  const u8 *a = mem, *b = mem + 3 * size;
  u16 *row = (u16 *)(mem + len / 2);
  for (u64 i = 0; i <= size; i++) row[i] = (u16)i;
  for (u64 i = 0; i < size; i++) {
    u32 diagonal = row[0];
    row[0] = (u16)(i + 1);
    for (u64 k = 0; k < size; k++) {
      u32 change = diagonal + ((a[i] ^ b[k] * 5) % 8 != 0), remove = row[k + 1] + 1u, insert = row[k] + 1u;
      diagonal = row[k + 1];
      u32 least = change < remove ? change : remove;
      row[k + 1] = (u16)(least < insert ? least : insert);
    }
  }
  return (u64)row[size] << 32 | (u64)row[size / 2] << 16 | row[1];
}
