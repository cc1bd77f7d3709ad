// unpack: decompresses a stream of literals and back references, byte by byte, as LZ77 formats do. Memory serves as the stream whatever it
// holds: a byte below 128 is a count of literals, any other a length with a distance behind it.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 half = len / 2, in = 0, out = 0;
  u8 *to = mem + half;
  while (in + 2 < half && out + 80 < half) {
    u8 token = mem[in++];
    if (token < 128 || out == 0) {
      u64 count = (token & 15) + 1;
      for (u64 i = 0; i < count && in < half; i++) to[out++] = mem[in++];
    } else {
      u64 count = (token & 63) + 3, distance = mem[in++] + 1;
      if (distance > out) distance = out;
      for (u64 i = 0; i < count; i++, out++) to[out] = to[out - distance];
    }
  }
  u64 fold = out;
  for (u64 i = 0; i < out; i++) fold = fold * 31 + to[i];
  return fold;
}
