// arraymap: a histogram of memory's bytes in an array map, then one pass that folds the 256 counters and sets them back to zero: one map
// lookup for nearly everything that it does.
#include "machine.h"

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 256);
  __type(key, u32);
  __type(value, u64);
} counts SEC(".maps");

ENTRY u64 run(u8 *mem, u64 len) {
  for (u64 i = 0; i < len; i++) {
    u32 key = mem[i];
    u64 *count = bpf_map_lookup_elem(&counts, &key);
    if (count) *count += i;
  }
  u64 fold = 0;
  for (u32 key = 0; key < 256; key++) {
    u64 *count = bpf_map_lookup_elem(&counts, &key);
    if (count) {
      fold = fold * 31 + *count;
      *count = 0;
    }
  }
  return fold;
}
