// SPDX-License-Identifier: Apache-2.0
//
// Kernel functions: a loop over an iterator of numbers, a dynamic pointer into the packet, a weak function that nobody has. Made by
// clang-19 -target bpf -O2 -mcpu=v3 -g -nostdinc -I../../../../examples/include -fno-ident -fdebug-compilation-dir=cli/src/test/bpf
//     -fdebug-prefix-map=$(realpath ../../../../examples/include)=examples/include -c kernel_functions.bpf.c -o kernel_functions.bpf.o

#include <bpf4j/skb.h>

#define __ksym __attribute__((section(".ksyms")))

struct bpf_iter_num {
	u64 opaque;
};
struct bpf_dynptr {
	u64 opaque[2];
};

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *ptr, u32 offset, void *buffer, u32 size) __ksym;
extern int nobody_has_this(int x) __ksym __weak;

// The sum of the numbers from 3 to 9, and how many there were.
SEC("tc")
int numbers(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	int *number, sum = 0, count = 0;

	bpf_iter_num_new(&it, 3, 10);
	while ((number = bpf_iter_num_next(&it))) {
		sum += *number;
		count++;
	}
	bpf_iter_num_destroy(&it);
	return sum << 8 | count;
}

// -22 (EINVAL) for a range that runs backwards, and no number.
SEC("tc")
int backwards(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	int error = bpf_iter_num_new(&it, 3, 2);
	int *number = bpf_iter_num_next(&it);

	bpf_iter_num_destroy(&it);
	return number ? 1 : error;
}

// Bytes 12 and 13 of the packet, where its type stands.
SEC("tc")
int slice(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;
	u8 buffer[2], *type;

	bpf_dynptr_from_skb(skb, 0, &packet);
	type = bpf_dynptr_slice(&packet, 12, buffer, 2);
	return type ? type[0] << 8 | type[1] : -1;
}

SEC("tc")
int absent(struct __sk_buff *skb)
{
	return nobody_has_this ? nobody_has_this(1) : 77;
}

char LICENSE[] SEC("license") = "GPL";
