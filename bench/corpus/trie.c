// trie: builds a binary trie of prefixes in memory and looks up a hundred keys in it, the longest match each: dependent loads.
#include "corpus.h"

struct node {
  u16 child[2];
  u16 value;
  u16 pad;
};

ENTRY u64 run(u8 *mem, u64 len) {
  struct node *nodes = (struct node *)(mem + 512);
  const u32 *keys = (const u32 *)mem;
  u32 used = 1;
  u64 fold = 0;
  nodes[0].child[0] = nodes[0].child[1] = nodes[0].value = 0;
  for (u32 k = 0; k < 20; k++) {
    u32 key = keys[k] * 0x9e3779b1u, at = 0;
    for (u32 bit = 0; bit < 4 + (k & 7); bit++) {
      u32 side = key >> 31;
      key <<= 1;
      u32 next = nodes[at].child[side];
      if (!next) {
        if (used >= len / 12) return fold;
        next = used++;
        nodes[next].child[0] = nodes[next].child[1] = nodes[next].value = 0;
        nodes[at].child[side] = next;
      }
      at = next;
    }
    nodes[at].value = k + 1;
  }
  for (u32 k = 0; k < 100; k++) {
    u32 key = keys[k] * 0x9e3779b1u, at = 0, best = 0;
    for (;;) {
      if (nodes[at].value) best = nodes[at].value;
      at = nodes[at].child[key >> 31];
      if (!at) break;
      key <<= 1;
    }
    fold = fold * 7 + best;
  }
  return fold;
}
