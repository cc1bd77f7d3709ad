// SPDX-License-Identifier: Apache-2.0
//
// Every kind of CO-RE relocation, on every class of instruction that takes one. core_target.c has other definitions
// of the same types: what a newer kernel could look like.

#include <bpf4j/xdp.h>

#define CORE __attribute__((preserve_access_index))

// Numbers of the compiler's builtins.
enum { BYTE_OFFSET, BYTE_SIZE, EXISTS, SIGNED, LSHIFT, RSHIFT };
enum { TYPE_EXISTS, TYPE_SIZE, TYPE_MATCHES };
enum { LOCAL_ID, TARGET_ID };
enum { VALUE_EXISTS, VALUE };

#define field(what, expression) __builtin_preserve_field_info(expression, what)
#define type(what, name) __builtin_preserve_type_info(*(name *)0, what)
#define type_id(what, name) __builtin_btf_type_id(*(name *)0, what)
#define constant(what, name, value) __builtin_preserve_enum_value(*(name *)value, what)

enum mode { MODE_OFF, MODE_ON = 5, MODE_GONE = 9, MODE_NAMED___new = 11 };
enum wide { WIDE_BIG = 0x123456789abcdefULL, WIDE_SMALL = 1 };
enum gone { GONE_ONE = 1 };

struct inner {
	u16 small;
	u32 five : 5;
	s32 seven : 7;
	u64 forty : 40;
} CORE;

union either {
	u32 word;
	u8 bytes[8];
} CORE;

struct missing {
	int field;
} CORE;

struct task {
	int pid;
	u32 flags;
	struct inner inner;
	struct inner many[4];
	union {
		u32 number;
		struct {
			u16 low, high;
		};
	};
	enum mode mode;
	struct task *parent;
	char name[16];
	u32 removed;
	short narrow;
	union either either;
	u64 tail[];
} CORE;

// A flavour: the same kernel type as it was in another version.
struct task___old {
	u32 old_flags;
} CORE;

struct task___same {
	int pid;
	char name[16];
} CORE;

typedef struct task task_t;
typedef int (*callback_t)(struct task *task, u32 flags);

SEC("raw_tp/offsets")
u64 offsets(struct task *task)
{
	u64 sum = 0;
	sum = sum * 3 + field(BYTE_OFFSET, task->pid);
	sum = sum * 3 + field(BYTE_OFFSET, task->flags);
	sum = sum * 3 + field(BYTE_OFFSET, task->inner.small);
	sum = sum * 3 + field(BYTE_OFFSET, task->many[2].small);
	sum = sum * 3 + field(BYTE_OFFSET, task->number);
	sum = sum * 3 + field(BYTE_OFFSET, task->high);
	sum = sum * 3 + field(BYTE_OFFSET, task->mode);
	sum = sum * 3 + field(BYTE_OFFSET, task->parent);
	sum = sum * 3 + field(BYTE_OFFSET, task->name[3]);
	sum = sum * 3 + field(BYTE_OFFSET, task->either.bytes[5]);
	sum = sum * 3 + field(BYTE_OFFSET, task->tail[7]);
	sum = sum * 3 + field(BYTE_OFFSET, task[2].flags);
	return sum;
}

SEC("raw_tp/sizes")
u64 sizes(struct task *task)
{
	u64 sum = 0;
	sum = sum * 3 + field(BYTE_SIZE, task->pid);
	sum = sum * 3 + field(BYTE_SIZE, task->flags);
	sum = sum * 3 + field(BYTE_SIZE, task->inner);
	sum = sum * 3 + field(BYTE_SIZE, task->many);
	sum = sum * 3 + field(BYTE_SIZE, task->many[1]);
	sum = sum * 3 + field(BYTE_SIZE, task->name);
	sum = sum * 3 + field(BYTE_SIZE, task->inner.forty);
	sum = sum * 3 + field(SIGNED, task->pid);
	sum = sum * 3 + field(SIGNED, task->flags);
	sum = sum * 3 + field(SIGNED, task->narrow);
	sum = sum * 3 + field(SIGNED, task->inner.seven);
	sum = sum * 3 + field(SIGNED, task->mode);
	return sum;
}

SEC("raw_tp/exists")
u64 exists(struct task *task)
{
	u64 bits = 0;
	bits = bits << 1 | field(EXISTS, task->pid);
	bits = bits << 1 | field(EXISTS, task->removed);
	bits = bits << 1 | field(EXISTS, task->many[3]);
	bits = bits << 1 | field(EXISTS, task->low);
	bits = bits << 1 | field(EXISTS, task->narrow);
	bits = bits << 1 | field(EXISTS, ((struct task___old *)task)->old_flags);
	bits = bits << 1 | field(EXISTS, ((struct missing *)task)->field);
	return bits;
}

SEC("raw_tp/bitfields")
u64 bitfields(struct task *task)
{
	u64 sum = 0;
	sum = sum * 3 + field(BYTE_OFFSET, task->inner.five);
	sum = sum * 3 + field(LSHIFT, task->inner.five);
	sum = sum * 3 + field(RSHIFT, task->inner.five);
	sum = sum * 3 + field(BYTE_OFFSET, task->inner.seven);
	sum = sum * 3 + field(LSHIFT, task->inner.seven);
	sum = sum * 3 + field(RSHIFT, task->inner.seven);
	sum = sum * 3 + field(LSHIFT, task->inner.forty);
	sum = sum * 3 + field(RSHIFT, task->inner.forty);
	sum = sum * 3 + field(LSHIFT, task->flags);
	sum = sum * 3 + field(RSHIFT, task->flags);
	return sum;
}

SEC("raw_tp/types")
u64 types(void)
{
	u64 sum = 0;
	sum = sum * 3 + type(TYPE_EXISTS, struct task);
	sum = sum * 3 + type(TYPE_EXISTS, struct missing);
	sum = sum * 3 + type(TYPE_EXISTS, struct task___old);
	sum = sum * 3 + type(TYPE_EXISTS, task_t);
	sum = sum * 3 + type(TYPE_EXISTS, callback_t);
	sum = sum * 3 + type(TYPE_EXISTS, enum gone);
	sum = sum * 3 + type(TYPE_SIZE, struct task);
	sum = sum * 3 + type(TYPE_SIZE, union either);
	sum = sum * 3 + type(TYPE_SIZE, struct missing);
	sum = sum * 3 + type(TYPE_MATCHES, struct task);
	sum = sum * 3 + type(TYPE_MATCHES, struct task___same);
	sum = sum * 3 + type(TYPE_MATCHES, union either);
	sum = sum * 3 + type(TYPE_MATCHES, enum mode);
	sum = sum * 3 + type(TYPE_MATCHES, callback_t);
	return sum;
}

SEC("raw_tp/ids")
u64 ids(void)
{
	return type_id(LOCAL_ID, struct task) + 1000 * type_id(TARGET_ID, struct task) + type_id(TARGET_ID, struct missing);
}

SEC("raw_tp/values")
u64 values(void)
{
	u64 sum = 0;
	sum = sum * 3 + constant(VALUE, enum mode, MODE_ON);
	sum = sum * 3 + constant(VALUE_EXISTS, enum mode, MODE_ON);
	sum = sum * 3 + constant(VALUE_EXISTS, enum mode, MODE_GONE);
	sum = sum * 3 + constant(VALUE, enum mode, MODE_NAMED___new);
	sum = sum * 3 + constant(VALUE, enum wide, WIDE_BIG);
	sum = sum * 3 + constant(VALUE_EXISTS, enum gone, GONE_ONE);
	return sum;
}

// Loads and stores: off changes, and for integers without sign and pointers the width.
SEC("raw_tp/accesses")
u64 accesses(struct task *task)
{
	task->flags = 7;
	task->pid = task->number;
	return task->flags + task->pid + task->high + (u64)task->parent + task->inner.small + task->many[1].small;
}

// Each of these cannot be resolved against core_target.o, and so is poisoned there.
SEC("raw_tp/removed")
u64 removed(struct task *task)
{
	return task->removed;
}

SEC("raw_tp/gone_value")
u64 gone_value(void)
{
	return constant(VALUE, enum mode, MODE_GONE);
}

SEC("raw_tp/resized")
u64 resized(struct task *task)
{
	return task->narrow;
}

char LICENSE[] SEC("license") = "Apache-2.0";
