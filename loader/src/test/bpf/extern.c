// SPDX-License-Identifier: Apache-2.0
//
// Cannot be resolved: refers to a function (-DFUNCTION), or to a variable, that is in no object.

#include <bpf4j/xdp.h>

extern u32 missing_function(u32 x);
extern u32 missing_variable;

SEC("xdp")
int needs_more(struct xdp_md *ctx)
{
#ifdef FUNCTION
	return missing_function(ctx->rx_queue_index);
#else
	return missing_variable + ctx->rx_queue_index;
#endif
}

char LICENSE[] SEC("license") = "Apache-2.0";
