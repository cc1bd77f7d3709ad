// SPDX-License-Identifier: Apache-2.0
//
// Storage of control groups, a ring that user space fills, an arena, timers. Made by
// clang-19 -target bpf -O2 -mcpu=v3 -g -nostdinc -I../../../../examples/include -fno-ident -fdebug-compilation-dir=junit/src/test/bpf
//     -fdebug-prefix-map=$(realpath ../../../../examples/include)=examples/include -c memory.bpf.c -o memory.bpf.o

#include <bpf4j/bpf.h>

static void *(*const bpf_get_local_storage)(void *map, u64 flags) = (void *)81;
static long (*const bpf_timer_init)(void *timer, void *map, u64 flags) = (void *)169;
static long (*const bpf_timer_set_callback)(void *timer, void *callback) = (void *)170;
static long (*const bpf_timer_start)(void *timer, u64 nanos, u64 flags) = (void *)171;
static long (*const bpf_timer_cancel)(void *timer) = (void *)172;
static long (*const bpf_dynptr_read)(void *to, u32 len, const void *from, u32 offset, u64 flags) = (void *)201;
static long (*const bpf_user_ringbuf_drain)(void *map, void *callback, void *context, u64 flags) = (void *)209;

#define __ulong(name, value) enum { name##_value = value } name
#define __arena __attribute__((address_space(1)))
extern void __arena *bpf_arena_alloc_pages(void *map, void __arena *address, u32 pages, int node, u64 flags) __attribute__((section(".ksyms")));
extern void bpf_arena_free_pages(void *map, void __arena *address, u32 pages) __attribute__((section(".ksyms")));

struct group {
	u64 id;
	u32 attach_type;
};

struct {
	__uint(type, 19); // BPF_MAP_TYPE_CGROUP_STORAGE
	__type(key, u64);
	__type(value, u64);
} packets SEC(".maps");

struct {
	__uint(type, 21); // BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE
	__type(key, struct group);
	__type(value, u64);
} bytes SEC(".maps");

struct skb {
	u32 len;
};

// Counts what the control group sends; the third packet and those behind it are dropped.
SEC("cgroup_skb/egress")
int count(struct skb *ctx)
{
	u64 *sent = bpf_get_local_storage(&packets, 0);
	u64 *length = bpf_get_local_storage(&bytes, 0);
	*length += ctx->len;
	return __sync_fetch_and_add(sent, 1) < 2;
}

struct {
	__uint(type, 31); // BPF_MAP_TYPE_USER_RINGBUF
	__uint(max_entries, 4096);
} commands SEC(".maps");

struct total {
	u64 sum;
};

static long add(void *record, struct total *total)
{
	u32 number = 0;
	if (bpf_dynptr_read(&number, sizeof number, record, 0, 0))
		return 1; // too short: the rest waits
	total->sum += number;
	return 0;
}

// The sum of the numbers that user space has sent, and in the upper half how many records were taken.
SEC("tc")
long sum(void *ctx)
{
	struct total total = {};
	long taken = bpf_user_ringbuf_drain(&commands, add, &total, 0);
	return taken < 0 ? taken : taken << 16 | total.sum;
}

struct {
	__uint(type, 33); // BPF_MAP_TYPE_ARENA
	__uint(map_flags, 1024); // BPF_F_MMAPABLE
	__uint(max_entries, 4);
	__ulong(map_extra, 1ull << 44);
} arena SEC(".maps");

struct node {
	struct node __arena *next;
	u64 number;
};

struct node __arena *list;

// Puts the packet's length in front of a list in the arena; gives the sum of the list.
SEC("tc")
long remember(struct skb *ctx)
{
	struct node __arena *page = bpf_arena_alloc_pages(&arena, 0, 1, -1, 0);
	if (!page)
		return -1;
	page->number = ctx->len;
	page->next = list;
	list = page;
	long sum = 0;
	for (u32 i = 0; i < 8 && page; i++, page = page->next)
		sum += page->number;
	return sum;
}

// Frees the newest page and reads it all the same.
SEC("tc")
long forget(void *ctx)
{
	struct node __arena *page = list;
	list = page->next;
	bpf_arena_free_pages(&arena, page, 1);
	return page->number;
}

struct alarm {
	u64 timer[2];
	u64 rung;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, u32);
	__type(value, struct alarm);
} alarms SEC(".maps");

static int ring(void *map, u32 *key, struct alarm *alarm)
{
	alarm->rung += 1 + *key;
	if (alarm->rung < 3)
		bpf_timer_start(&alarm->timer, 1000000, 0);
	return 0;
}

// Sets an alarm for a millisecond from now; the first one rings three times.
SEC("tc")
long set(struct skb *ctx)
{
	u32 which = ctx->len > 100;
	struct alarm *alarm = bpf_map_lookup_elem(&alarms, &which);
	if (!alarm)
		return -1;
	long first = bpf_timer_init(&alarm->timer, &alarms, 1);
	long callback = bpf_timer_set_callback(&alarm->timer, ring);
	long started = bpf_timer_start(&alarm->timer, 1000000, 0);
	return first ? first : callback ? callback : started;
}

SEC("tc")
long cancel(struct skb *ctx)
{
	u32 which = ctx->len > 100;
	struct alarm *alarm = bpf_map_lookup_elem(&alarms, &which);
	return alarm ? bpf_timer_cancel(&alarm->timer) : -1;
}

char LICENSE[] SEC("license") = "GPL";
