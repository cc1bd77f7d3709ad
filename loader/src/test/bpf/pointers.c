// SPDX-License-Identifier: Apache-2.0
//
// Data that holds addresses: R_BPF_64_ABS64 in .data and .rodata. libbpf loads this object and leaves the addresses 0;
// a machine that places the sections itself can do better.

#include <bpf4j/bpf.h>

static const char *const names[] = {"zero", "one", "two", "three"};
u64 values[3] = {5, 6, 7};
u64 *second_value = &values[1];
u64 **to_second = &second_value;

SEC("memory")
u64 first_letter(const u8 *memory, u64 length)
{
	return length ? names[memory[0] & 3][0] : 0;
}

SEC("memory")
u64 through_pointers(void)
{
	return **to_second + second_value[1];
}
