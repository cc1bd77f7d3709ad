// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bugs that JIT compilers and verifiers of other projects once had, each put into the engine of ours that can have it. The sources are commits and
 * issues of those projects.
 */
public final class History {
    private final List<NamedMutant> mutants = new ArrayList<>();
    private final Map<MutantKind, Map<String, Seeded>> byName = new HashMap<>();

    private History() {
    }

    /** All of them that one of our engines can have. */
    public static List<NamedMutant> mutants() {
        History history = new History();
        history.linux();
        history.ubpf();
        history.rbpf();
        history.others();
        return List.copyOf(history.mutants);
    }

    private void linux() {
        add("alu32-keeps-high-half", "Linux riscv64 1e692f09e091", "32-bit addition does not clear the high half", MutantKind.X86_64,
                "Encoder.add32_rr REX.W 0");
        add("logic32-keeps-high-half", "Linux riscv64 fe121ee531d1", "32-bit xor does not clear the high half", MutantKind.X86_64,
                "Encoder.xor32_rr REX.W 0");
        add("logical-immediate", "Linux arm64 579d1b3faa37", "a logical immediate is encoded wrongly", MutantKind.ARM64,
                "Encoder.and64_rl immediate 0");
        add("stack-layout", "Linux riscv32 91f658587a96", "a callee's frame is not where the caller's ends", MutantKind.X86_64,
                "Lowering.moveFrame no sub64_ri 0");
        add("jset32-high-half", "Linux x86-32 80f1f8503635", "jset32 tests the high half too", MutantKind.X86_64,
                "Encoder.test32_rr REX.W 0");
        add("load-not-zero-extended", "Linux x86-32 5fa9a98fb103", "a load is extended with copies of its sign", MutantKind.JVM,
                "Expressions.pushLong ZERO -> SIGN 0");
        add("byte-register-without-rex", "Linux x86-64 aee194b14dd2", "the low byte of a register is taken from ah, ch, dh or bh",
                MutantKind.X86_64,
                "Encoder.movsx32_r8 ah, ch, dh, bh 0");
        add("fetch-into-r0", "Linux x86-64 b29dd96b905f, uBPF #546", "a fetching operation loses an operand that is in r0",
                MutantKind.X86_64, "Lowering.fetch no mov64_rr 0");
        add("branch-distance", "CVE-2021-29154, rbpf 0f36550", "a branch goes a byte too far or too short", MutantKind.X86_64,
                "Encoder.jcc_rel8 distance 0");
        add("auipc-range", "Linux riscv64 489553dd13a8", "the low bits of a distance are wrong", MutantKind.ARM64,
                "Encoder.b_cond distance 0");
    }

    private void ubpf() {
        add("lddw-bit-31", "uBPF c22b0041, DPDK 95df7307", "a wide constant is extended with the sign of its low word", MutantKind.X86_64,
                "Arithmetic.constant mov32_ri -> mov64_ri 0");
        add("bswap-high-register", "uBPF 4bd527ba", "a byte swap of r8 or above swaps another register", MutantKind.X86_64,
                "Encoder.bswap64 REX.B 0");
        add("be16-upper-bits", "uBPF 3cf0200a", "a byte swap of 16 bits keeps what is above", MutantKind.JVM,
                "Expressions.extend no i2c 0");
        add("lsh32-unmasked", "uBPF e17e8bb1", "a shift count is not taken modulo 32", MutantKind.TABLE, "lsh32_reg no_mask 0");
        add("arsh-unmasked", "uBPF #411, #485", "the count of an arithmetic shift is not taken modulo 32", MutantKind.TABLE,
                "arsh32_reg no_mask 0");
        add("unsigned-immediate", "uBPF e8de891f, #444", "an unsigned comparison's immediate is not extended with its sign",
                MutantKind.TABLE, "jgt64_imm extension 0");
        add("call-depth", "uBPF #479, #481", "the deepest call is not noticed", MutantKind.X86_64, "Lowering.compareDepth no cmp64_rm 0");
        add("helper-call-registers", "uBPF #529", "registers are not kept over a helper call", MutantKind.X86_64,
                "Compiler.register no mov64_mr 0");
        add("cmpxchg-swapped", "uBPF 21907f34", "compare and exchange has its operands exchanged", MutantKind.TABLE,
                "cmpxchg64 swapped_operands 0");
        add("neg-of-source", "uBPF 21907f34 (ARM64)", "negation reads another register", MutantKind.ARM64, "Encoder.neg64 register 0");
        add("divide-by-zero", "uBPF 1f544887 (ARM64)", "a division by zero gives something else than 0", MutantKind.TABLE,
                "div64_reg guard 0");
        add("bounds-bypassed", "uBPF 8d92f8f6, 6f815f6d, rbpf #94", "an access past the end passes the check", MutantKind.X86_64,
                "Lowering.checked no jump 0");
        add("unwind-without-stack", "uBPF #284", "the way out does not restore the stack pointer", MutantKind.X86_64,
                "Compiler.leaveForJava no mov64_rm 1");
        add("stack-pointer-too-late", "uBPF #9", "the stack pointer is not saved where it should be", MutantKind.X86_64,
                "Compiler.transitions no mov64_mr 0");
    }

    private void rbpf() {
        add("division-operand", "rbpf 58e50aa", "a division reads another operand", MutantKind.TABLE, "div64_reg register_read 0");
        add("add32-sign-extended", "rbpf 2f99865", "a 32-bit sum is extended with its sign", MutantKind.TABLE, "add32_reg extension 0");
        add("div32-zero-test", "rbpf e866963", "the divisor of a 32-bit division is tested in 64 bits", MutantKind.X86_64,
                "Arithmetic.byRegister no test32_rr 0");
        add("mov32-sign-extended", "rbpf f983ff2", "a 32-bit constant is extended with its sign", MutantKind.TABLE,
                "mov32_imm extension 0");
        add("mov32-is-64-bit", "solana-labs/rbpf #124", "mov32 moves 64 bits", MutantKind.X86_64, "Encoder.mov32_rr REX.W 0");
        add("mul-immediate-sign", "rbpf ef0264d", "the immediate of a multiplication is not extended with its sign", MutantKind.TABLE,
                "mul64_imm extension 0");
        add("meter-off-by-one", "rbpf 7d58371, 49f947c", "the budget ends an instruction early", MutantKind.JVM,
                "Frame.takeUnit ifge -> ifgt 0");
        add("address-not-translated", "rbpf 5e501a5", "an access uses the program's address as it is", MutantKind.X86_64,
                "Lowering.confine no lea32 0");
    }

    private void others() {
        add("movsx-keeps-high-half", "PREVAIL 0.2.6", "a sign extension to 32 bits does not clear the high half", MutantKind.TABLE,
                "movsx8_32 no_zero_extension 0");
        add("compare32-in-64-bits", "PREVAIL 0.2.6", "a 32-bit comparison looks at 64 bits", MutantKind.X86_64,
                "Encoder.cmp32_rr REX.W 0");
        add("store-immediate-sign", "PREVAIL 0.2.6", "a stored immediate is not extended with its sign", MutantKind.TABLE,
                "st64 extension 0");
        add("signed-division", "PREVAIL 0.2.6", "a signed division takes its operands for unsigned", MutantKind.TABLE,
                "sdiv64_reg signedness 0");
    }

    private void add(String name, String source, String bug, MutantKind kind, String mutant) {
        Seeded seeded = byName.computeIfAbsent(kind, History::named).get(mutant);
        if (seeded == null) {
            throw new IllegalStateException(name + ": there is no mutant '" + mutant + "' of " + kind.description());
        }
        mutants.add(new NamedMutant(name, source, bug, seeded));
    }

    private static Map<String, Seeded> named(MutantKind kind) {
        Map<String, Seeded> named = new HashMap<>();
        kind.mutants().forEach(mutant -> named.put(mutant.name(), mutant));
        return named;
    }
}
