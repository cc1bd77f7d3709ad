// SPDX-License-Identifier: Apache-2.0
//
// What an object wants from the kernel: configuration, variables and functions, weak and, without -DWEAK, others.

#include <bpf4j/xdp.h>

#define __kconfig __attribute__((section(".kconfig")))
#define __ksym __attribute__((section(".ksyms")))

enum libbpf_tristate { TRI_NO, TRI_YES, TRI_MODULE };

extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_JIT __kconfig __weak;
extern enum libbpf_tristate CONFIG_XFRM __kconfig __weak;
extern char CONFIG_CC_VERSION_TEXT[12] __kconfig __weak;
extern u64 CONFIG_WIDE __kconfig __weak;
extern u16 CONFIG_NOT_GIVEN __kconfig __weak;
#ifndef WEAK
extern u32 CONFIG_HZ __kconfig;
extern const void init_task __ksym;
extern int strong_function(int x) __ksym;
#endif
extern char CONFIG_LETTER __kconfig __weak;

extern const void weak_task __ksym __weak;
extern const int typed_variable __ksym __weak;
extern int weak_function(int x) __ksym __weak;

SEC("xdp")
int configuration(struct xdp_md *ctx)
{
	u64 sum = LINUX_KERNEL_VERSION;
	if (CONFIG_BPF_JIT)
		sum++;
	sum += CONFIG_XFRM * 3 + CONFIG_CC_VERSION_TEXT[ctx->rx_queue_index & 7] + CONFIG_WIDE + CONFIG_NOT_GIVEN + CONFIG_LETTER;
	return sum;
}

#ifndef WEAK
SEC("xdp")
int needs_hz(struct xdp_md *ctx)
{
	return ctx->rx_queue_index / CONFIG_HZ;
}

SEC("xdp")
long needs_init_task(void)
{
	return (long)&init_task;
}

SEC("xdp")
int needs_function(struct xdp_md *ctx)
{
	return strong_function(ctx->rx_queue_index);
}
#endif

SEC("xdp")
long variables(void)
{
	return (long)&weak_task + (&typed_variable ? 5 : 7);
}

SEC("xdp")
int functions(struct xdp_md *ctx)
{
	int sum = ctx->rx_queue_index;
	if (weak_function)
		sum += weak_function(sum);
	return sum;
}

char LICENSE[] SEC("license") = "Apache-2.0";
