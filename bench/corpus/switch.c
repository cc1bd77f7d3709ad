// switch: a byte-code machine with two registers: each byte of memory selects one of twelve cases. eBPF before cpu v4 with
// indirect jumps has no jump tables, so clang makes a tree of comparisons of it.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 a = 1;
  u64 b = 2;
  for (u64 i = 0; i < len; i++) {
    u8 code = mem[i];
    switch (code & 15) {
      case 0: a += b; break;
      case 1: a -= b; break;
      case 2: a ^= b << 3; break;
      case 3: b += code; break;
      case 4: b = a >> 7; break;
      case 5: a = a * 9 + 1; break;
      case 6: a |= code; break;
      case 7: b ^= a; break;
      case 8: a = ~a; break;
      case 9: b = b << 1 | b >> 63; break;
      case 10: if (a > b) a -= 77; break;
      case 11: b += i; break;
      default: a += 3; break;
    }
  }
  return a ^ b;
}
