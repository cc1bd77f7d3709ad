// SPDX-License-Identifier: Apache-2.0
//
// A well-formed object without a single program: data only.

#include <bpf4j/bpf.h>

const volatile u32 alone = 1;
char LICENSE[] SEC("license") = "Apache-2.0";
