// loop: a counted loop of four register operations over two values, 2 * len rounds. No memory access, no multiplication.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 acc = mem[0];
  for (u64 i = 0; i < 2 * len; i++) {
    acc = (acc + i) ^ (acc >> 3);
  }
  return acc;
}
