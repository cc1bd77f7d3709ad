// SPDX-License-Identifier: Apache-2.0
// tc classifiers and socket filters: programs that see a packet as a socket buffer.
#pragma once

#include <bpf4j/bpf.h>

// The part of the context that is the same in every kernel since 4.15.
struct __sk_buff {
	u32 len; // whole packet in bytes; [data, data_end) may be less
	u32 pkt_type;
	u32 mark;
	u32 queue_mapping;
	u32 protocol; // be16
	u32 vlan_present;
	u32 vlan_tci;
	u32 vlan_proto;
	u32 priority;
	u32 ingress_ifindex;
	u32 ifindex;
	u32 tc_index;
	u32 cb[5];
	u32 hash;
	u32 tc_classid;
	u32 data;
	u32 data_end;
	u32 napi_id;
	u32 family;
	u32 remote_ip4;
	u32 local_ip4;
	u32 remote_ip6[4];
	u32 local_ip6[4];
	u32 remote_port;
	u32 local_port;
	u32 data_meta;
};

enum tc_action {
	TC_ACT_OK = 0,   // let the packet go on
	TC_ACT_SHOT = 2, // drop it
};

// Classic BPF's packet loads (LD_ABS, LD_IND): big-endian, bounds-checked; out of bounds ends the program with 0.
u64 load_byte(void *skb, u64 offset) asm("llvm.bpf.load.byte");
u64 load_half(void *skb, u64 offset) asm("llvm.bpf.load.half");
u64 load_word(void *skb, u64 offset) asm("llvm.bpf.load.word");
