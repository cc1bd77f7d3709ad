// SPDX-License-Identifier: Apache-2.0
//
// Limits how fast each source may send: a token bucket per IPv4 or IPv6 source address, for the tc classifier hook.
//
// A bucket holds at most `burst` tokens and gains `rate` of them per second; a packet takes one token per byte
// or is dropped, taking none. A new source starts with a full bucket. No lock: packets of one source that are
// handled by two CPUs at once may both spend the same tokens, which costs a little accuracy and never a wait.

#include <bpf4j/parse.h>
#include <bpf4j/skb.h>

// Settings: the loader may change them before the program is loaded.
const volatile u64 rate = 100000000; // bytes per second
const volatile u64 burst = 5000;     // bytes

#define NS_PER_SECOND 1000000000ull
#define MAX_SOURCES 64

struct source {
	u8 address[16]; // IPv4 as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2)
};

struct bucket {
	u64 tokens;  // bytes that may be sent now
	u64 updated; // ns, when that was true
	u32 passed;  // packets
	u32 dropped; // packets
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_SOURCES);
	__type(key, struct source);
	__type(value, struct bucket);
} buckets SEC(".maps");

u64 untracked; // packets that passed because there was no room for another source

// The source of a packet; false if it is not IP or is malformed.
static __always_inline int source_of(struct __sk_buff *skb, struct source *source)
{
	struct cursor packet = packet_of(skb);
	struct payload payload;
	int type = take_ethernet(&packet);

	if (type == ETHERTYPE_IPV4) {
		struct ipv4 *ip = take_ipv4(&packet, &payload);
		if (!ip)
			return 0;
		source->address[10] = source->address[11] = 0xff;
		__builtin_memcpy(source->address + 12, &ip->source, sizeof ip->source);
		return 1;
	}
	if (type == ETHERTYPE_IPV6) {
		struct ipv6 *ip = take_ipv6(&packet, &payload);
		if (!ip)
			return 0;
		__builtin_memcpy(source->address, ip->source, sizeof ip->source);
		return 1;
	}
	return 0;
}

// Adds what has come in since the bucket was last looked at.
static __always_inline void refill(struct bucket *bucket, u64 now)
{
	u64 elapsed = now - bucket->updated;
	if (elapsed > NS_PER_SECOND)
		elapsed = NS_PER_SECOND; // enough to fill it, and the product fits
	u64 tokens = bucket->tokens + elapsed * rate / NS_PER_SECOND;
	bucket->tokens = tokens < burst ? tokens : burst;
	bucket->updated = now;
}

SEC("tc")
int tc_ratelimit(struct __sk_buff *skb)
{
	struct source source = {};
	if (!source_of(skb, &source))
		return TC_ACT_OK;

	u64 now = bpf_ktime_get_ns();
	struct bucket *bucket = bpf_map_lookup_elem(&buckets, &source);
	if (!bucket) {
		struct bucket full = {.tokens = burst, .updated = now};
		bpf_map_update_elem(&buckets, &source, &full, BPF_NOEXIST);
		bucket = bpf_map_lookup_elem(&buckets, &source);
		if (!bucket) {
			__sync_fetch_and_add(&untracked, 1);
			return TC_ACT_OK;
		}
	}

	refill(bucket, now);
	if (bucket->tokens < skb->len) {
		bucket->dropped++;
		return TC_ACT_SHOT;
	}
	bucket->tokens -= skb->len;
	bucket->passed++;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Apache-2.0";
