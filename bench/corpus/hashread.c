// hashread: a connection table read per packet: 512 lookups of 16-byte keys in a hash map, of which a quarter find nothing. The first run puts
// the entries in; all others only read.
#include "machine.h"

struct flow {
  u32 source;
  u32 destination;
  u16 source_port;
  u16 destination_port;
  u32 protocol;
};

struct connection {
  u64 backend;
  u64 cookie;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, struct flow);
  __type(value, struct connection);
} connections SEC(".maps");

ENTRY u64 run(u8 *mem, u64 len) {
  u64 fold = 0;
  for (u64 i = 0; i < len / 4; i++) {
    u32 word = ((const u32 *)mem)[i];
    struct flow flow = {word, 0x0a000001 + (u32)i, (u16)(word >> 16), 443, 6};
    struct connection *found = bpf_map_lookup_elem(&connections, &flow);
    if (found) {
      fold = fold * 31 + found->backend + found->cookie;
    } else if (i & 3) {
      struct connection fresh = {word * 7ull + i, i};
      bpf_map_update_elem(&connections, &flow, &fresh, BPF_ANY);
      fold = fold * 31 + fresh.backend + fresh.cookie;
    } else {
      fold = fold * 31 + 1;
    }
  }
  return fold;
}
