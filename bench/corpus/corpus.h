// Shared by every program of the benchmark corpus.
//
// The contract of a program: `run` gets `len` bytes of memory, 8-byte aligned, with the content of its image
// (NAME.mem when there is one, else default.mem; images.c makes both). It may write to that memory, but running it
// again without restoring the memory gives the same result, so that a timed loop needs no copying.
// The result depends on all the work done, and is the same on every little-endian machine and under every compiler.
// Trip counts come from `len`, so that no compiler can unroll a loop completely or compute it at build time.
#ifndef CORPUS_H
#define CORPUS_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#ifdef __bpf__
#define ENTRY __attribute__((section("bench"), used))
#else
#define ENTRY __attribute__((visibility("default")))
#endif

// A call that stays a call: a local call in eBPF, a call instruction in native code.
#define CALLED static __attribute__((noinline))
#define INLINED static inline __attribute__((always_inline))

// Keeps the compiler from moving work across: what is in memory is read again, and nothing is known of the variable any more. No instruction.
#define BARRIER(variable) __asm__ volatile("" : "+r"(variable) : : "memory")

u64 run(u8 *mem, u64 len);

#endif
