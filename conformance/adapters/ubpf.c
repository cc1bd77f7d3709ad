// SPDX-License-Identifier: Apache-2.0
//
// An adapter for uBPF (github.com/iovisor/ubpf), its interpreter or, with --jit, its JIT compiler.
//
//   cmake -S ubpf -B ubpf-build -DCMAKE_BUILD_TYPE=Release -DUBPF_SKIP_EXTERNAL=ON && cmake --build ubpf-build --target ubpf
//   cc -O2 -I ubpf/vm/inc -I ubpf-build/vm -o ubpf_adapter conformance/adapters/ubpf.c ubpf-build/lib/libubpf.a -lm
//   bpf4j conformance --adapter 'ubpf=./ubpf_adapter' --adapter 'ubpf-jit=./ubpf_adapter --jit' --suite bpf_conformance/tests

#include "adapter.h"

#include <ubpf.h>

static int jit;
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

static void run(struct ubpf_vm *vm, struct adapter_request *request, struct adapter_reply *reply)
{
    char *error = NULL;
    uint8_t *top = request->stack != NULL ? request->stack : own_stack + sizeof own_stack;
    memset(top - ADAPTER_STACK, 0, ADAPTER_STACK);
    if (ubpf_load(vm, request->code, request->code_length, &error) != 0) {
        tell(reply, ADAPTER_REJECTED, error);
    } else if (jit) {
        ubpf_jit_ex_fn function = ubpf_compile_ex(vm, &error, ExtendedJitMode);
        if (function == NULL) {
            tell(reply, ADAPTER_REJECTED, error);
        } else {
            reply->status = ADAPTER_RETURNED;
            reply->r0 = function(request->memory, request->memory_length, top - ADAPTER_STACK, ADAPTER_STACK);
        }
    } else if (ubpf_exec_ex(vm, request->memory, request->memory_length, &reply->r0, top - ADAPTER_STACK, ADAPTER_STACK) != 0) {
        tell(reply, ADAPTER_FAULT, "ubpf_exec_ex failed");
    } else {
        reply->status = ADAPTER_RETURNED;
    }
    free(error);
}

static void adapter_run(struct adapter_request *request, struct adapter_reply *reply)
{
    if (request->big_endian) {
        snprintf(reply->text, sizeof reply->text, "little-endian programs only");
        return;
    }
    struct ubpf_vm *vm = ubpf_create();
    if (vm == NULL) {
        tell(reply, ADAPTER_UNSUPPORTED, "ubpf_create failed");
        return;
    }
    ubpf_set_error_print(vm, quiet);
    ubpf_register(vm, 5, "unwind", unwind);
    ubpf_set_unwind_function_index(vm, 5);
    run(vm, request, reply);
    ubpf_destroy(vm);
}

int main(int argc, char **argv)
{
    jit = argc > 1 && strcmp(argv[1], "--jit") == 0;
    return adapter_main(jit ? "uBPF, JIT" : "uBPF, interpreter", "of its library");
}
