// SPDX-License-Identifier: Apache-2.0
//
// An adapter for uBPF (github.com/iovisor/ubpf), its interpreter or, with --jit, its JIT compiler.
//
//   conformance/adapters/build ubpf PATH/OF/ubpf
//   bpf4j conformance --adapter ubpf=conformance/adapters/bin/ubpf --adapter 'ubpf-jit=conformance/adapters/bin/ubpf --jit' --suite bpf_conformance/tests

#include "adapter.h"

#include <ubpf.h>

static int jit;
static struct ubpf_vm *vm;
static ubpf_jit_ex_fn compiled;
static uint8_t *top;
static _Alignas(16) uint8_t own_stack[ADAPTER_STACK];

// Helper 5: uBPF ends the program itself if it returns 0.
static uint64_t unwind(uint64_t r1, uint64_t r2, uint64_t r3, uint64_t r4, uint64_t r5)
{
    (void) r2, (void) r3, (void) r4, (void) r5;
    return r1;
}

static int quiet(FILE *stream, const char *format, ...)
{
    (void) stream, (void) format;
    return 0;
}

static void tell(struct adapter_reply *reply, enum adapter_status status, const char *text)
{
    reply->status = status;
    snprintf(reply->text, sizeof reply->text, "%s", text == NULL ? "" : text);
}

static int adapter_load(struct adapter_request *request, struct adapter_reply *reply)
{
    char *error = NULL;
    if (request->big_endian) {
        snprintf(reply->text, sizeof reply->text, "little-endian programs only");
        return 0;
    }
    vm = ubpf_create();
    if (vm == NULL) {
        tell(reply, ADAPTER_UNSUPPORTED, "ubpf_create failed");
        return 0;
    }
    ubpf_set_error_print(vm, quiet);
    ubpf_register(vm, 5, "unwind", unwind);
    ubpf_set_unwind_function_index(vm, 5);
    top = request->stack != NULL ? request->stack : own_stack + sizeof own_stack;
    memset(top - ADAPTER_STACK, 0, ADAPTER_STACK);
    int loaded = ubpf_load(vm, request->code, request->code_length, &error) == 0;
    if (loaded && jit) {
        compiled = ubpf_compile_ex(vm, &error, ExtendedJitMode);
        loaded = compiled != NULL;
    }
    if (!loaded) {
        tell(reply, ADAPTER_REJECTED, error);
    }
    free(error);
    return loaded;
}

static void adapter_execute(struct adapter_request *request, struct adapter_reply *reply)
{
    reply->status = ADAPTER_RETURNED;
    if (jit) {
        reply->r0 = compiled(request->memory, request->memory_length, top - ADAPTER_STACK, ADAPTER_STACK);
    } else if (ubpf_exec_ex(vm, request->memory, request->memory_length, &reply->r0, top - ADAPTER_STACK, ADAPTER_STACK) != 0) {
        tell(reply, ADAPTER_FAULT, "ubpf_exec_ex failed");
    }
}

static void adapter_unload(void)
{
    if (vm != NULL) {
        ubpf_destroy(vm);
        vm = NULL;
    }
}

int main(int argc, char **argv)
{
    jit = argc > 1 && strcmp(argv[1], "--jit") == 0;
    return adapter_main(jit ? "uBPF, JIT" : "uBPF, interpreter", "of its library", jit ? "none" : "bounds of every access");
}
