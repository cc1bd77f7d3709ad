// rules: a packet filter's rules compiled to code, as rule generators do it: a function of more than 8,000 instructions with two thousand
// branches, asked about 32 flows. Most rules fail at their first test.
#include "corpus.h"

// A rule's numbers, spread by a multiplication, known when it is compiled.
#define SPREAD(n) ((u32)(n) * 2654435761u)
#define RULE(n)                                                                                                                            \
  BARRIER(source);                                                                                                                         \
  if ((source & 0xffff0000u) == 0x0a000000u + ((n) % 97 << 16) &&                    (u16)(port - (SPREAD(n) >> 18)) < 4096 &&          \
      ((protocol ^ SPREAD(n) >> 7) & 1) && (destination & 3) == (SPREAD(n) >> 13 & 3))                                                     \
    return SPREAD(n) ^ source;
#define RULES4(n) RULE(n) RULE((n) + 1) RULE((n) + 2) RULE((n) + 3)
#define RULES16(n) RULES4(n) RULES4((n) + 4) RULES4((n) + 8) RULES4((n) + 12)
#define RULES64(n) RULES16(n) RULES16((n) + 16) RULES16((n) + 32) RULES16((n) + 48)

CALLED u32 match(u32 source, u32 destination, u32 port, u32 protocol) {
  RULES64(0) RULES64(64) RULES64(128) RULES64(192) RULES64(256) RULES64(320) RULES64(384) RULES64(448)
  RULES64(512) RULES64(576) RULES64(640) RULES64(704)
  return 1;
}

ENTRY u64 run(u8 *mem, u64 len) {
  u64 fold = 0;
  for (u64 i = 0; i < len / 64; i++) {
    const u32 *words = (const u32 *)(mem + i * 60);
    u32 source = 0x0a000000 | ((words[0] ^ (u32)i * 7) % 128) << 16 | (words[0] & 0xffff);
    fold = fold * 31 + match(source, words[1], words[2] & 0xffff, words[3]);
  }
  return fold;
}
