// For programs with maps, packets and tail calls: what the machine gives them. In eBPF that is bpf4j/bpf.h as it is; in native code the
// maps and the tail call of this file, in plain C, so that the same source runs there too.
#ifndef MACHINE_H
#define MACHINE_H

#include "corpus.h"
#include <bpf4j/parse.h>

// Every map says type, max_entries, key and value, in this order; native code keeps its storage in those four pointers.
#ifdef __bpf__

#include <bpf4j/xdp.h>

// An XDP program: `name` gets a packet.
#define PACKET_ENTRY(name) __attribute__((section("xdp"), used)) int name(struct xdp_md *ctx)
#define STAGE(name) __attribute__((section("xdp"), used)) int name(struct xdp_md *ctx)
#define TAIL_CALL(ctx, programs, index) bpf_tail_call(ctx, &(programs), index)

#else

// As wide as an address; a kernel's has 32-bit fields.
struct xdp_md {
  unsigned long data;
  unsigned long data_end;
  unsigned long data_meta;
};

// Native code gets every input as memory, also a packet.
#define PACKET_ENTRY(name)                                                                                                                 \
  static int name(struct xdp_md *ctx);                                                                                                     \
  ENTRY u64 run(u8 *mem, u64 len) {                                                                                                        \
    struct xdp_md ctx = {(unsigned long)mem, (unsigned long)(mem + len), (unsigned long)mem};                                              \
    return (u32)name(&ctx);                                                                                                                \
  }                                                                                                                                        \
  static __attribute__((noinline)) int name(struct xdp_md *ctx)
#define STAGE(name) __attribute__((noinline)) int name(struct xdp_md *ctx)
#define TAIL_CALL(ctx, programs, index)                                                                                                    \
  if ((u32)(index) < sizeof(*(programs).max_entries) / sizeof(int) && (programs).values[index]) return (programs).values[index](ctx)

struct native_map {
  void *storage; // `type`
  void *unused;
  void *key;
  void *value;
};

// A hash table with chains: heads and links are entry numbers plus one.
struct native_hash {
  u32 *heads;
  u32 *next;
  u8 *keys;
  u8 *values;
  u32 mask;
  u32 free; // first unused entry plus one
};

static _Alignas(64) u8 native_memory[1 << 20];
static u64 native_used;

static void *native_take(u64 bytes) {
  void *taken = native_memory + native_used;
  native_used += (bytes + 63) & ~63ull;
  if (native_used > sizeof native_memory) __builtin_trap();
  return taken;
}

static __attribute__((noinline)) void native_make(struct native_map *map, u32 type, u32 entries, u32 key_size, u32 value_size) {
  if (type == BPF_MAP_TYPE_ARRAY) {
    map->storage = native_take((u64)entries * value_size);
    return;
  }
  struct native_hash *table = native_take(sizeof *table);
  u32 heads = 1;
  while (heads < entries) heads *= 2;
  table->mask = heads - 1;
  table->heads = native_take(4ull * heads);
  table->next = native_take(4ull * entries);
  table->keys = native_take((u64)entries * key_size);
  table->values = native_take((u64)entries * value_size);
  for (u32 i = 0; i < entries; i++) table->next[i] = i + 1 < entries ? i + 2 : 0;
  table->free = 1;
  map->storage = table;
}

INLINED u32 native_hash(const u8 *key, u32 size) {
  u64 hash = size;
  u32 i = 0;
  for (; i + 4 <= size; i += 4) hash = (hash ^ *(const u32 *)(key + i)) * 0x9e3779b97f4a7c15ull, hash ^= hash >> 32;
  for (; i < size; i++) hash = (hash ^ key[i]) * 0x9e3779b97f4a7c15ull, hash ^= hash >> 32;
  return (u32)hash;
}

INLINED int native_equal(const u8 *a, const u8 *b, u32 size) {
  u32 i = 0;
  for (; i + 4 <= size; i += 4) {
    if (*(const u32 *)(a + i) != *(const u32 *)(b + i)) return 0;
  }
  for (; i < size; i++) {
    if (a[i] != b[i]) return 0;
  }
  return 1;
}

INLINED void native_copy(u8 *to, const u8 *from, u32 size) {
  for (u32 i = 0; i < size; i++) to[i] = from[i];
}

// The link that holds the key's entry, or the end of its chain.
INLINED u32 *native_link(struct native_hash *table, const u8 *key, u32 key_size) {
  u32 *link = &table->heads[native_hash(key, key_size) & table->mask];
  while (*link && !native_equal(table->keys + (u64)(*link - 1) * key_size, key, key_size)) link = &table->next[*link - 1];
  return link;
}

INLINED void *native_lookup(struct native_map *map, const void *key, u32 type, u32 entries, u32 key_size, u32 value_size) {
  if (!map->storage) native_make(map, type, entries, key_size, value_size);
  if (type == BPF_MAP_TYPE_ARRAY) {
    u32 index = *(const u32 *)key;
    return index < entries ? (u8 *)map->storage + (u64)index * value_size : 0;
  }
  struct native_hash *table = map->storage;
  u32 entry = *native_link(table, key, key_size);
  return entry ? table->values + (u64)(entry - 1) * value_size : 0;
}

INLINED long native_update(struct native_map *map, const void *key, const void *value, u32 type, u32 entries, u32 key_size,
                           u32 value_size) {
  u8 *found = native_lookup(map, key, type, entries, key_size, value_size);
  if (!found) {
    struct native_hash *table = map->storage;
    u32 entry = table->free;
    if (type == BPF_MAP_TYPE_ARRAY || !entry) return -7; // E2BIG
    u32 *link = native_link(table, key, key_size);
    table->free = table->next[entry - 1];
    table->next[entry - 1] = 0;
    *link = entry;
    native_copy(table->keys + (u64)(entry - 1) * key_size, key, key_size);
    found = table->values + (u64)(entry - 1) * value_size;
  }
  native_copy(found, value, value_size);
  return 0;
}

INLINED long native_delete(struct native_map *map, const void *key, u32 type, u32 entries, u32 key_size, u32 value_size) {
  if (!native_lookup(map, key, type, entries, key_size, value_size)) return -2; // ENOENT
  struct native_hash *table = map->storage;
  u32 *link = native_link(table, key, key_size);
  u32 entry = *link;
  *link = table->next[entry - 1];
  table->next[entry - 1] = table->free;
  table->free = entry;
  return 0;
}

#define NATIVE_SHAPE(map)                                                                                                                  \
  sizeof(*(map)->type) / sizeof(int), sizeof(*(map)->max_entries) / sizeof(int), sizeof(*(map)->key), sizeof(*(map)->value)
#define bpf_map_lookup_elem(map, key) native_lookup((struct native_map *)(map), key, NATIVE_SHAPE(map))
#define bpf_map_update_elem(map, key, value, flags) native_update((struct native_map *)(map), key, value, NATIVE_SHAPE(map))
#define bpf_map_delete_elem(map, key) native_delete((struct native_map *)(map), key, NATIVE_SHAPE(map))

#endif
#endif
