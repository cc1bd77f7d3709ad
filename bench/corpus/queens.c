// queens: counts the ways to place seven queens by backtracking with bit masks and a stack in memory: short unpredictable loops and branches.
#include "corpus.h"

struct level {
  u32 columns;
  u32 left;
  u32 right;
  u32 free;
};

ENTRY u64 run(u8 *mem, u64 len) {
  struct level *levels = (struct level *)(mem + len / 2);
  u32 size = (u32)(len >> 8) - 1, all = (1u << size) - 1, depth = 0;
  u64 found = 0, visited = 0;
  levels[0].columns = levels[0].left = levels[0].right = 0;
  levels[0].free = all;
  for (;;) {
    struct level *at = &levels[depth];
    if (at->free == 0) {
      if (depth == 0) return found << 32 | visited;
      depth--;
      continue;
    }
    u32 place = at->free & -at->free;
    at->free ^= place;
    visited++;
    if ((at->columns | place) == all) {
      found++;
      continue;
    }
    struct level *next = &levels[++depth];
    next->columns = at->columns | place;
    next->left = (at->left | place) << 1;
    next->right = (at->right | place) >> 1;
    next->free = all & ~(next->columns | next->left | next->right);
  }
}
