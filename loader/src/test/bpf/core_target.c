// SPDX-License-Identifier: Apache-2.0
//
// Types that the CO-RE relocations of core.c are resolved against. No program: only its BTF counts.

#include <bpf4j/types.h>

enum mode { MODE_OFF = 1, MODE_ADDED = 2, MODE_ON = 77, MODE_NAMED___newer = 12 };
enum wide { WIDE_SMALL = 2, WIDE_BIG = 0xfedcba9876543210ULL };

struct inner {
	u64 before;
	u64 forty : 40;
	s32 seven : 9;
	u32 five : 3;
	u32 small;
};

union either {
	u8 bytes[8];
	u64 long_word;
	u32 word;
};

struct task {
	u64 added;
	struct task *parent;
	union {
		struct {
			union {
				u32 number;
				struct {
					u16 high, low;
				};
			};
			int pid;
		};
	};
	u64 flags;
	struct inner inner;
	struct inner many[3];
	enum mode mode;
	char name[32];
	s32 narrow;
	union either either;
	u64 tail[];
};

typedef struct task task_t;
typedef int (*callback_t)(struct task *task, u32 flags);

struct task task;
task_t *alias;
union either either;
callback_t callback;
enum mode mode;
enum wide wide;
