// SPDX-License-Identifier: Apache-2.0
// What a BPF program needs from its machine: sections, maps, helpers.
#pragma once

#include <bpf4j/types.h>

// The ELF section says what kind of program a function is, or that a variable describes a map.
#define SEC(name) __attribute__((section(name), used))

#define __always_inline inline __attribute__((always_inline))
#define __noinline __attribute__((noinline))
#define __weak __attribute__((weak)) // another object may define it again; the compiler assumes nothing about it

// A map is described by the *types* of a variable in section ".maps"; the loader reads them from BTF.
//   __uint(max_entries, 16)     a number, kept as the length of an array type
//   __type(key, u32)            a type, kept as the target of a pointer
//   __array(values, int(void))  initial contents, filled in by an initialiser of the variable
#define __uint(name, value) int(*name)[value]
#define __type(name, type) typeof(type) *name
#define __array(name, type) typeof(type) *name[]

enum bpf_map_type {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LPM_TRIE = 11,
};

enum {
	BPF_ANY = 0,     // create or replace
	BPF_NOEXIST = 1, // create only
	BPF_EXIST = 2,   // replace only

	BPF_F_NO_PREALLOC = 1, // map flag; an LPM trie must have it
};

// Helpers: a call through a constant "address" becomes a call instruction with that number.
static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*const bpf_map_update_elem)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static long (*const bpf_map_delete_elem)(void *map, const void *key) = (void *)3;
static u64 (*const bpf_ktime_get_ns)(void) = (void *)5;
static long (*const bpf_trace_printk)(const char *format, u32 size, ...) = (void *)6;
static u32 (*const bpf_get_prandom_u32)(void) = (void *)7;
static u32 (*const bpf_get_smp_processor_id)(void) = (void *)8;
static long (*const bpf_tail_call)(void *ctx, void *prog_array, u32 index) = (void *)12;
static s64 (*const bpf_csum_diff)(be32 *from, u32 from_size, be32 *to, u32 to_size, u32 seed) = (void *)28;
