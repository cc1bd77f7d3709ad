// prime: counts the primes below len / 2 by trial division: one 64-bit remainder, one multiplication and two branches per trial.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 count = 0;
  u64 sum = mem[0];
  for (u64 n = 2; n < len / 2; n++) {
    u64 prime = 1;
    for (u64 d = 2; d * d <= n; d++) {
      if (n % d == 0) {
        prime = 0;
        break;
      }
    }
    if (prime) {
      count++;
      sum += n;
    }
  }
  return sum << 16 | count;
}
