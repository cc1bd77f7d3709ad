// calls: two calls per round, one of them two deep, to functions of a few instructions each that must not be inlined: local calls in eBPF.
#include "corpus.h"

CALLED u64 mix(u64 a, u64 b) { return (a ^ b) + (a >> 5); }

CALLED u64 step(u64 a, u64 b) { return mix(a, b + 1) * 3; }

ENTRY u64 run(u8 *mem, u64 len) {
  u64 acc = mem[0];
  for (u64 i = 0; i < len / 2; i++) {
    acc = step(acc, i);
    acc = mix(acc, i);
  }
  return acc;
}
