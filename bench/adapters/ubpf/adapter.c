// SPDX-License-Identifier: Apache-2.0
// uBPF, with the settings that it comes with: bounds checks in the interpreter, none in compiled code; a stack that the caller allocates once.
#include "../protocol.h"

#include <stdbool.h>
#include <string.h>
#include <ubpf.h>

enum { STACK = 8 * 512 };

static bool jit;
static struct ubpf_vm *vm;
static ubpf_jit_ex_fn compiled;
static _Alignas(16) uint8_t stack[STACK];

const char *choose(const char *engine) {
  jit = !strcmp(engine, "jit");
  return jit || !strcmp(engine, "interpreter") ? NULL : "expected interpreter or jit";
}

const char *describe(void) { return jit ? "uBPF, compiled: no bounds checks" : "uBPF, interpreted: bounds checks"; }

const char *load(const void *code, size_t size) {
  char *reason = NULL;
  if (vm) ubpf_destroy(vm);
  vm = ubpf_create();
  compiled = NULL;
  if (!vm) return "no memory";
  if (ubpf_load(vm, code, (uint32_t)size, &reason)) return reason ? reason : "refused without a reason";
  if (jit && !(compiled = ubpf_compile_ex(vm, &reason, ExtendedJitMode))) return reason ? reason : "not compiled, without a reason";
  return NULL;
}

int run(void *memory, size_t size, uint64_t *result) {
  if (!jit) return ubpf_exec_ex(vm, memory, size, result, stack, STACK);
  *result = compiled(memory, size, stack, STACK);
  return 0;
}

int main(int argc, char **argv) { return serve(argc, argv); }
