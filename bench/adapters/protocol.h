// SPDX-License-Identifier: Apache-2.0
// The protocol of README.md, for adapters in C: an adapter defines the four functions and calls serve().
#pragma once
#include <stddef.h>
#include <stdint.h>

// What is measured, in one line.
const char *describe(void);

// Takes a program and makes it ready to run. Returns NULL, or the reason why it cannot.
const char *load(const void *code, size_t size);

// Runs it once over memory: r0 goes to *result. Returns 0, or -1 if the runtime reports an error.
int run(void *memory, size_t size, uint64_t *result);

// Chooses the engine of the runtime. Returns NULL, or the reason why there is no such engine.
const char *choose(const char *engine);

// Answers requests until the input ends.
int serve(int argc, char **argv);
