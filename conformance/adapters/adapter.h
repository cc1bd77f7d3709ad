// SPDX-License-Identifier: Apache-2.0
//
// The adapter protocol of bpf4j (docs/conformance-protocol.md), for an adapter in C: include it, write adapter_load, adapter_execute and
// adapter_unload, and call adapter_main with the name of the runtime. Needs a little-endian host.
//
// Memory wanted at an address is mapped there (POSIX).

#ifndef BPF4J_ADAPTER_H
#define BPF4J_ADAPTER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum adapter_status {
    ADAPTER_RETURNED = 0,
    ADAPTER_FAULT = 1,
    ADAPTER_REJECTED = 2,
    ADAPTER_REFUSED = 3,
    ADAPTER_UNSUPPORTED = 4,
};

struct adapter_request {
    int big_endian;
    uint8_t *memory; // writable; NULL if there is none
    uint32_t memory_length;
    uint8_t *stack; // what r10 must be, with ADAPTER_STACK bytes below it; NULL if that is up to you
    const uint8_t *code;
    uint32_t code_length; // bytes
};

struct adapter_reply {
    enum adapter_status status;
    uint64_t r0;
    int has_registers;
    uint64_t registers[10];
    char text[256];
};

// Makes a program ready to run. Returns whether it is; if not, the reply says why: unsupported, unless something else is put there.
static int adapter_load(struct adapter_request *request, struct adapter_reply *reply);

// Runs the program that is ready, once. What it leaves in the request's memory is told to the other side.
static void adapter_execute(struct adapter_request *request, struct adapter_reply *reply);

// Gives back what adapter_load has taken; called whatever that returned.
static void adapter_unload(void);

enum { ADAPTER_MOST_BYTES = 64 << 20, ADAPTER_REQUEST = 32, ADAPTER_REPLY = 24, ADAPTER_STACK = 4096, ADAPTER_TIMED = 2 };

static int adapter_read(void *to, size_t bytes)
{
    return fread(to, 1, bytes, stdin) == bytes;
}

static void adapter_write(const void *from, size_t bytes)
{
    if (fwrite(from, 1, bytes, stdout) != bytes) {
        exit(1); // nobody listens any more
    }
}

static void adapter_frame(uint32_t bytes)
{
    adapter_write(&bytes, 4);
}

// Memory for a program: at the address, or anywhere; NULL if that cannot be had.
static uint8_t *adapter_map(uint64_t address, size_t bytes)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | (address != 0 ? MAP_FIXED_NOREPLACE : 0);
    uint64_t start = address & ~(uint64_t) 4095;
    void *at = mmap((void *) (uintptr_t) start, bytes + (address - start), PROT_READ | PROT_WRITE, flags, -1, 0);
    if (at == MAP_FAILED) {
        return NULL;
    }
    if (address != 0 && (uint64_t) (uintptr_t) at != start) {
        munmap(at, bytes + (address - start));
        return NULL;
    }
    return (uint8_t *) at + (address - start);
}

static void adapter_unmap(uint8_t *memory, size_t bytes)
{
    uintptr_t start = (uintptr_t) memory & ~(uintptr_t) 4095;
    munmap((void *) start, bytes + ((uintptr_t) memory - start));
}

// Runs a program so many times, until something else than returning happens; the nanoseconds of all runs.
static uint64_t adapter_loop(struct adapter_request *request, struct adapter_reply *reply, uint64_t times)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (uint64_t i = 0; i < times && (i == 0 || reply->status == ADAPTER_RETURNED); i++) {
        adapter_execute(request, reply);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (uint64_t) ((to.tv_sec - from.tv_sec) * 1000000000LL + (to.tv_nsec - from.tv_nsec));
}

static void adapter_reply_with(uint32_t number, const struct adapter_request *request, const struct adapter_reply *reply, const uint64_t *nanoseconds)
{
    int has_memory = reply->status == ADAPTER_RETURNED && request->memory != NULL;
    uint32_t text = (uint32_t) strlen(reply->text);
    uint32_t registers = reply->has_registers ? (uint32_t) sizeof reply->registers : 0;
    uint32_t head[4] = {number, reply->status, (uint32_t) (reply->has_registers ? 1 : 0) | (uint32_t) (has_memory ? 2 : 0) | (uint32_t) (nanoseconds != NULL ? 4 : 0), text};
    adapter_frame(ADAPTER_REPLY + (nanoseconds != NULL ? 8 : 0) + registers + (has_memory ? request->memory_length : 0) + text);
    adapter_write(head, sizeof head);
    adapter_write(&reply->r0, 8);
    if (nanoseconds != NULL) {
        adapter_write(nanoseconds, 8);
    }
    adapter_write(reply->registers, registers);
    if (has_memory) {
        adapter_write(request->memory, request->memory_length);
    }
    adapter_write(reply->text, text);
    fflush(stdout);
}

static int adapter_answer(uint32_t number, uint32_t flags, uint64_t address, uint64_t stack, uint32_t memory_length, uint32_t code_length, uint64_t times)
{
    struct adapter_request request = {.big_endian = flags & 1, .memory_length = memory_length, .code_length = code_length};
    struct adapter_reply reply = {.status = ADAPTER_UNSUPPORTED};
    uint8_t *code = malloc(code_length + 1);
    uint8_t *scratch = NULL;
    uint64_t nanoseconds = 0;
    request.memory = memory_length == 0 ? NULL : adapter_map(address, memory_length);
    uint8_t *lowest = stack == 0 ? NULL : adapter_map(stack - ADAPTER_STACK, ADAPTER_STACK);
    request.stack = lowest == NULL ? NULL : lowest + ADAPTER_STACK;
    if (memory_length != 0 && request.memory == NULL) {
        scratch = malloc(memory_length);
    }
    if (code == NULL || (memory_length != 0 && request.memory == NULL && scratch == NULL)) {
        return 0;
    }
    request.code = code;
    if (!adapter_read(request.memory != NULL ? request.memory : scratch, memory_length) || !adapter_read(code, code_length)) {
        return 0;
    }
    if (scratch != NULL || (stack != 0 && lowest == NULL)) {
        snprintf(reply.text, sizeof reply.text, "no memory can be had at 0x%llx", (unsigned long long) (scratch != NULL ? address : stack));
    } else {
        if (adapter_load(&request, &reply)) {
            nanoseconds = adapter_loop(&request, &reply, flags & ADAPTER_TIMED ? times : 1);
        }
        adapter_unload();
    }
    adapter_reply_with(number, &request, &reply, flags & ADAPTER_TIMED ? &nanoseconds : NULL);
    if (request.memory != NULL) {
        adapter_unmap(request.memory, memory_length);
    }
    if (lowest != NULL) {
        adapter_unmap(lowest, ADAPTER_STACK);
    }
    free(scratch);
    free(code);
    return 1;
}

// Greets, and answers requests until there are no more. What the runtime checks while a program runs is said for those who compare speed.
static int adapter_main(const char *name, const char *version, const char *checks)
{
    char greeting[256];
    int length = snprintf(greeting, sizeof greeting, "bpf4j-adapter 1\nname %s\nversion %s\nchecks %s\n", name, version, checks);
    adapter_frame((uint32_t) length);
    adapter_write(greeting, (size_t) length);
    fflush(stdout);
    uint32_t bytes;
    while (adapter_read(&bytes, 4)) {
        struct { uint32_t number, flags; uint64_t address, stack; uint32_t memory_length, code_length; } head;
        uint64_t times = 1;
        if (bytes < ADAPTER_REQUEST || bytes > ADAPTER_MOST_BYTES || !adapter_read(&head, ADAPTER_REQUEST)
            || (uint64_t) ADAPTER_REQUEST + (head.flags & ADAPTER_TIMED ? 8 : 0) + head.memory_length + head.code_length != bytes
            || ((head.flags & ADAPTER_TIMED) != 0 && !adapter_read(&times, 8))) {
            fprintf(stderr, "%s: a request that cannot be understood\n", name);
            return 1;
        }
        if (!adapter_answer(head.number, head.flags, head.address, head.stack, head.memory_length, head.code_length, times)) {
            return 1;
        }
    }
    return 0;
}

#endif
