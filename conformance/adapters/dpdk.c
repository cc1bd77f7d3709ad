// SPDX-License-Identifier: Apache-2.0
//
// An adapter for DPDK's bpf library (librte_bpf), its interpreter or, with --jit, its JIT compiler. What its validator does not take is rejected;
// it takes no programs that address memory by constants, which all generated vectors do.
//
//   apt-get install libdpdk-dev
//   conformance/adapters/build dpdk
//   bpf4j conformance --vectors 0 --adapter dpdk=conformance/adapters/bin/dpdk --adapter 'dpdk-jit=conformance/adapters/bin/dpdk --jit' --suite bpf_conformance/tests

#include "adapter.h"

#include <rte_bpf.h>
#include <rte_errno.h>
#include <rte_version.h>

static int jit;
static struct rte_bpf *bpf;
static struct rte_bpf_jit compiled;

static uint64_t unwind(uint64_t r1, uint64_t r2, uint64_t r3, uint64_t r4, uint64_t r5)
{
    (void) r2, (void) r3, (void) r4, (void) r5;
    return r1;
}

static int adapter_load(struct adapter_request *request, struct adapter_reply *reply)
{
    if (request->big_endian || request->stack != NULL) {
        snprintf(reply->text, sizeof reply->text, request->big_endian ? "little-endian programs only" : "the stack lies where DPDK wants it");
        return 0;
    }
    // DPDK hands over one argument; an instruction in front of the program puts the length into r2.
    uint32_t slots = request->code_length / 8;
    struct ebpf_insn *code = calloc(slots + 1, sizeof *code);
    if (code == NULL) {
        return 0;
    }
    code[0] = (struct ebpf_insn) {.code = 0xb7, .dst_reg = 2, .imm = (int32_t) request->memory_length};
    memcpy(code + 1, request->code, (size_t) slots * 8);
    struct rte_bpf_xsym helpers[6] = {0};
    for (int i = 0; i < 6; i++) {
        helpers[i].name = "unwind";
        helpers[i].type = RTE_BPF_XTYPE_FUNC;
        helpers[i].func.val = unwind;
        helpers[i].func.nb_args = 1;
        helpers[i].func.args[0].type = RTE_BPF_ARG_RAW;
        helpers[i].func.args[0].size = 8;
        helpers[i].func.ret.type = RTE_BPF_ARG_RAW;
        helpers[i].func.ret.size = 8;
    }
    struct rte_bpf_prm parameters = {.ins = code, .nb_ins = slots + 1, .xsym = helpers, .nb_xsym = 6};
    parameters.prog_arg.type = request->memory != NULL ? RTE_BPF_ARG_PTR : RTE_BPF_ARG_RAW;
    parameters.prog_arg.size = request->memory != NULL ? request->memory_length : 8;
    bpf = rte_bpf_load(&parameters);
    free(code);
    if (bpf == NULL) {
        reply->status = ADAPTER_REJECTED;
        snprintf(reply->text, sizeof reply->text, "rte_bpf_load: %s", rte_strerror(rte_errno));
    } else if (jit && (rte_bpf_get_jit(bpf, &compiled) != 0 || compiled.func == NULL)) {
        reply->status = ADAPTER_REJECTED;
        snprintf(reply->text, sizeof reply->text, "the JIT compiler does not take it");
        return 0;
    }
    return bpf != NULL;
}

static void adapter_execute(struct adapter_request *request, struct adapter_reply *reply)
{
    reply->status = ADAPTER_RETURNED;
    reply->r0 = jit ? compiled.func(request->memory) : rte_bpf_exec(bpf, request->memory);
}

static void adapter_unload(void)
{
    rte_bpf_destroy(bpf);
    bpf = NULL;
    compiled.func = NULL;
}

int main(int argc, char **argv)
{
    jit = argc > 1 && strcmp(argv[1], "--jit") == 0;
    return adapter_main(jit ? "DPDK, JIT" : "DPDK, interpreter", rte_version(), "none, since programs are validated");
}
