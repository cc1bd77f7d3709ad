// SPDX-License-Identifier: Apache-2.0
//
// Every atomic operation in both widths, with and without the old value (RFC 9669 section 5.3; cpu version 3).

#include <bpf4j/bpf.h>

#define OPERATIONS(name, type)                                                                                         \
	SEC("memory") u64 add_##name(type *m) { __sync_fetch_and_add(&m[0], m[1]); return m[0]; }                      \
	SEC("memory") u64 and_##name(type *m) { __sync_fetch_and_and(&m[0], m[1]); return m[0]; }                      \
	SEC("memory") u64 or_##name(type *m) { __sync_fetch_and_or(&m[0], m[1]); return m[0]; }                        \
	SEC("memory") u64 xor_##name(type *m) { __sync_fetch_and_xor(&m[0], m[1]); return m[0]; }                      \
	SEC("memory") u64 fetch_add_##name(type *m) { return __sync_fetch_and_add(&m[0], m[1]); }                      \
	SEC("memory") u64 fetch_and_##name(type *m) { return __sync_fetch_and_and(&m[0], m[1]); }                      \
	SEC("memory") u64 fetch_or_##name(type *m) { return __sync_fetch_and_or(&m[0], m[1]); }                        \
	SEC("memory") u64 fetch_xor_##name(type *m) { return __sync_fetch_and_xor(&m[0], m[1]); }                      \
	SEC("memory") u64 xchg_##name(type *m) { return __sync_lock_test_and_set(&m[0], m[1]); }                       \
	SEC("memory") u64 cmpxchg_##name(type *m) { return __sync_val_compare_and_swap(&m[0], m[1], m[2]); }

OPERATIONS(32, u32)
OPERATIONS(64, u64)
