// hashchurn: entries of a hash map come and go: each of 128 keys is put in, found, replaced, and taken out sixteen keys later.
#include "machine.h"

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 64);
  __type(key, u64);
  __type(value, u64);
} live SEC(".maps");

#define BEHIND 16

ENTRY u64 run(u8 *mem, u64 len) {
  u64 fold = 0;
  for (u64 i = 0; i < len / 16 + BEHIND; i++) {
    if (i < len / 16) {
      u64 key = ((const u64 *)mem)[i] + i * 0x100000001ull;
      u64 value = i ^ 0x5555;
      bpf_map_update_elem(&live, &key, &value, BPF_ANY);
      u64 *found = bpf_map_lookup_elem(&live, &key);
      if (found) value += *found;
      bpf_map_update_elem(&live, &key, &value, BPF_ANY);
    }
    if (i >= BEHIND) {
      u64 key = ((const u64 *)mem)[i - BEHIND] + (i - BEHIND) * 0x100000001ull;
      u64 *found = bpf_map_lookup_elem(&live, &key);
      if (found) fold = fold * 31 + *found;
      bpf_map_delete_elem(&live, &key);
    }
  }
  return fold;
}
