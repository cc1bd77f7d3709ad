// SPDX-License-Identifier: Apache-2.0
//
// Functions and global variables, in a program that audits IPv4 header checksums and keeps statistics of sizes.
//
// A packet whose IPv4 header checksum is wrong is dropped. The others are counted by class, enter a moving
// average of sizes, and every `sample_every`-th of them leaves its size in a ring of samples.
//
// Static functions are checked by the kernel's verifier at each call, global ones once and on their own, so
// that they must do with what their types promise. Variables that start as zero are in .bss, others in .data,
// constants in .rodata; the loader makes each section an array map with one element.

#include <bpf4j/parse.h>
#include <bpf4j/xdp.h>

enum class { CLASS_CONTROL, CLASS_STREAM, CLASS_DATAGRAM, CLASS_TUNNEL, CLASS_OTHER, CLASSES };

#define SAMPLES 16 // a power of two

struct totals {
	u64 packets;
	u64 bytes;
	u32 largest;
	u32 smallest;
};

// .rodata
const volatile u32 sample_every = 4;
static const u8 weights[CLASSES] = {8, 2, 3, 1, 1}; // how much a class's packets count in `load`

// .data
struct totals classes[CLASSES] = {[0 ... CLASSES - 1] = {.smallest = 0xffff}};
u64 average_size = 512 << 8; // bytes, 24.8 fixed point; each packet counts 1/8
static u32 until_sample = 1;

// .bss
u64 bad_checksums;
u64 not_ipv4;
u64 load;
u16 samples[SAMPLES];
static u32 next_sample;

// One's complement sum of 16-bit words (RFC 1071), as they stand in memory. A leaf, called from a static function.
static __noinline u16 fold(u64 sum)
{
	for (int i = 0; i < 3; i++)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

// Static: takes pointers into the packet, because the verifier looks at it from the caller's side.
static __noinline int checksum_is_right(struct cursor *packet)
{
	u64 sum = 0;
	const struct ipv4 *ip = packet->at;
	if ((void *)(ip + 1) > packet->end)
		return 0;
	u32 words = (ip->version_ihl & 15) * 2;
	const u16 *word = packet->at;
	for (u32 i = 0; i < 30; i++) {
		if (i >= words)
			break;
		if ((void *)(word + i + 1) > packet->end)
			return 0;
		sum += word[i];
	}
	return fold(sum) == 0xffff;
}

// Global: what it is given is any 32-bit number, for all the verifier knows, and so is what it returns. Weak,
// so that clang does not know better either and keeps the caller's check.
__weak __noinline enum class class_of(u32 protocol)
{
	switch (protocol) {
	case PROTOCOL_ICMP:
	case 2:  // IGMP
	case 89: // OSPF
		return CLASS_CONTROL;
	case PROTOCOL_TCP:
	case 132: // SCTP
		return CLASS_STREAM;
	case PROTOCOL_UDP:
		return CLASS_DATAGRAM;
	case PROTOCOL_IPIP:
	case 41: // IPv6 in IPv4
	case 47: // GRE
	case 50: // ESP
	case PROTOCOL_AH:
		return CLASS_TUNNEL;
	default:
		return CLASS_OTHER;
	}
}

// Global, calling another global function and changing global variables.
__noinline int record(u32 protocol, u32 size)
{
	u32 class = class_of(protocol);
	if (class >= CLASSES)
		return -1;
	struct totals *totals = &classes[class];
	totals->packets++;
	totals->bytes += size;
	if (size > totals->largest)
		totals->largest = size;
	if (size < totals->smallest)
		totals->smallest = size;
	load += weights[class];
	average_size += ((u64)size << 8 >> 3) - (average_size >> 3);
	return class;
}

static __noinline void sample(u32 size)
{
	if (--until_sample)
		return;
	until_sample = sample_every;
	samples[next_sample++ & (SAMPLES - 1)] = size;
}

SEC("xdp")
int globals_calls(struct xdp_md *ctx)
{
	struct cursor packet = packet_of(ctx);
	u32 size = packet.end - packet.at;
	if (take_ethernet(&packet) != ETHERTYPE_IPV4) {
		__sync_fetch_and_add(&not_ipv4, 1);
		return XDP_PASS;
	}
	struct ipv4 *ip = packet.at;
	if (!checksum_is_right(&packet) || (void *)(ip + 1) > packet.end) {
		__sync_fetch_and_add(&bad_checksums, 1);
		return XDP_DROP;
	}
	if (record(ip->protocol, size) < 0)
		return XDP_ABORTED;
	sample(size);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Apache-2.0";
