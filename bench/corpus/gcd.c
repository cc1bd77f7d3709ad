// gcd: sums of greatest common divisors by Euclid's algorithm: 64-bit remainders, and local calls two deep.
#include "corpus.h"

CALLED u64 gcd(u64 a, u64 b) {
  while (b) {
    u64 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

CALLED u64 sum(u64 a) {
  u64 total = 0;
  for (u64 i = 1; i < a; i++) total += gcd(a, i);
  return total;
}

ENTRY u64 run(u8 *mem, u64 len) {
  u64 total = 0;
  for (u64 k = 0; k < len / 64; k++) total += sum(mem[k] & 31);
  return total;
}
