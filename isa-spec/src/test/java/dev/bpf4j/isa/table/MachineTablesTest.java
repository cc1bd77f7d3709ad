// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.isa.gen.Backend;
import dev.bpf4j.isa.gen.EmitterGenerator;
import dev.bpf4j.isa.machine.A64Encoding;
import dev.bpf4j.isa.machine.A64Slot;
import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.X86Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machine tables and lowering rules: what is read, and that what is wrong is told with its place. */
class MachineTablesTest {
    private static final String FORMS = """
            table t
              manual   M
              feature  {feature}
              name     {name}
              operands {operands}
              encoding {encoding}
              asm      {name} {text}
              effect   none
            | name | feature | operands       | encoding                  | text           |
            | add  | base    | FIRST          | SECOND                    | THIRD          |
            | shlx | bmi2    | reg:r64 rm:r64 vvvv:r64 | VEX.LZ.66.0F38.W1 F7 /r | a b c |
            """;
    private static final String RULES = """
            table t
              name  {rule}
              do    dst = dst + sx(imm, 64)
              guard {if}
              emit  {with}
            | rule | if      | with         |
            | one  | FIRST   | SECOND       |
            | two  | THIRD   | add dst, imm |
            """;

    private static List<MachineForm> forms(String operands, String encoding, String text) {
        String table = FORMS.replace("FIRST", operands).replace("SECOND", encoding).replace("THIRD", text).replace("| a b c |",
                "| {reg} {rm} {vvvv} |");
        return MachineReader.read(Architecture.X86_64, "m.isa", table);
    }

    private static List<MachineForm> forms() {
        return forms("rm:r64 imm:ib", "REX.W 83 /0 ib", "{rm}, {imm}");
    }

    @Test
    void formIsRead() {
        MachineForm form = forms().getFirst();
        assertThat(form.name()).isEqualTo("add");
        assertThat(form.encoding()).isInstanceOfSatisfying(X86Encoding.class, encoding -> {
            assertThat(encoding.wide()).isTrue();
            assertThat(encoding.opcode()).containsExactly(0x83);
            assertThat(encoding.immediate()).isEqualTo(1);
        });
        assertThat(form.text()).isEqualTo("add {rm}, {imm}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            rm:r64 imm:ib ; REX.W 83 ib      ; {rm} {imm} ; ModRM
            rm:r64 imm:ib ; REX.W 83 /0 id   ; {rm} {imm} ; differ in size
            rm:r64 imm:ib ; REX.W 83 /0 ib   ; {rm}       ; does not show
            rm:m64 imm:ib ; REX.W 83 /0 ib   ; {rm} {imm} ; holds a register
            rm:r64 imm:ib ; REX.W ZZ /0 ib   ; {rm} {imm} ; ZZ
            rm:r64 rm:r64 ; REX.W 83 /0      ; {rm}       ; twice
            rm:r99        ; REX.W 83 /0      ; {rm}       ; no operand
            rm:r64        ; REX.W /0         ; {rm}       ; no opcode
            """)
    void wrongFormIsToldWithItsPlace(String operands, String encoding, String text, String message) {
        assertThatThrownBy(() -> forms(operands, encoding, text)).isInstanceOf(SourceException.class).hasMessageContaining("m.isa:")
                .hasMessageContaining(message);
    }

    private static final String WORD = """
            table t
              manual   M
              feature  base
              name     add
              operands OPERANDS
              encoding ENCODING
              asm      add TEXT
              effect   none
            | op  |
            | add |
            """;

    private static List<MachineForm> word(String operands, String encoding, String text) {
        return MachineReader.read(Architecture.ARM64, "w.isa", WORD.replace("OPERANDS", operands).replace("ENCODING", encoding).replace(
                "TEXT",
                text));
    }

    @Test
    void wordIsRead() {
        MachineForm form = word("rd:x rn:x imm:b64", "1 10 100110 1 -imm<5:0> ~imm<5:0> Rn Rd", "{rd} {rn} {imm}").getFirst();
        assertThat(form.encoding()).isEqualTo(new A64Encoding("1 10 100110 1 -imm<5:0> ~imm<5:0> Rn Rd", 0xd340_0000, List.of(
                new A64Encoding.Field(A64Slot.IMM, A64Encoding.Change.NEGATED, 5, 0, 16),
                new A64Encoding.Field(A64Slot.IMM, A64Encoding.Change.INVERTED, 5, 0, 10),
                new A64Encoding.Field(A64Slot.RN, A64Encoding.Change.NONE, 4, 0, 5),
                new A64Encoding.Field(A64Slot.RD, A64Encoding.Change.NONE, 4, 0, 0))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            rd:x rn:x         ; 10001011000 00000 00000 Rn Rd       ; {rd} {rn}       ; has 31 bits
            rd:x rn:x         ; 10001011000 0000000 00000 Rn Rd     ; {rd} {rn}       ; has 33 bits
            rd:x rn:x         ; 10001011000 Rm 000000 Rn Rd         ; {rd} {rn}       ; fields that are no operands
            rd:x rn:x rm:x    ; 10001011000 00000 000000 Rn Rd      ; {rd} {rn} {rm}  ; operand rm
            rd:x imm:u12      ; 1001000100 imm<10:0> 000000 Rd      ; {rd} {imm}      ; operand imm has 12 bits
            rd:x imm:u12      ; 1001000100 imm<0:11> 00000 Rd       ; {rd} {imm}      ; names no bits
            rd:x imm:u12      ; 1001000100 what<11:0> 00000 Rd      ; {rd} {imm}      ; neither bits nor a field
            rd:r64            ; 1001000100 00000000000000000 Rd     ; {rd}            ; no operand
            """)
    void wrongWordIsToldWithItsPlace(String operands, String encoding, String text, String message) {
        assertThatThrownBy(() -> word(operands, encoding, text)).isInstanceOf(SourceException.class).hasMessageContaining("w.isa:")
                .hasMessageContaining(message);
    }

    private static String rules(String first, String second, String third) {
        return RULES.replace("FIRST", first).replace("SECOND", second).replace("THIRD", third);
    }

    @Test
    void chainIsRead() {
        var chains = RulesReader.read(Architecture.X86_64, "r.rules", rules("s8(imm) and (dst != src)", "add dst, imm ; @other 1, dst", ""),
                forms());
        assertThat(chains).hasSize(1);
        assertThat(chains.values().iterator().next()).satisfiesExactly(one -> {
            assertThat(one.guard()).isEqualTo("(s8(imm) && (dst != src))");
            assertThat(one.steps()).hasSize(2);
            assertThat(one.steps().get(1).escape()).isTrue();
        }, two -> assertThat(two.guard()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            s8(imm)  ; add dst, imm       ; s8(imm) ; has no guard
            ''       ; add dst, imm       ; ''      ; never reached
            s8(imm)  ; sub dst, imm       ; ''      ; no form
            s8(imm)  ; add dst            ; ''      ; takes 2 operands
            s8(imm)  ; shlx dst, dst, src ; ''      ; has(bmi2)
            has(avx) ; add dst, imm       ; ''      ; has(FEATURE)
            r9 == 1  ; add dst, imm       ; ''      ; no operand
            imm + 1  ; add dst, imm       ; ''      ; no operator of guards
            """)
    void wrongRuleIsToldWithItsPlace(String first, String second, String third, String message) {
        assertThatThrownBy(() -> RulesReader.read(Architecture.X86_64, "r.rules", rules(first, second, third), forms())).isInstanceOf(
                SourceException.class)
                .hasMessageContaining("r.rules:").hasMessageContaining(message);
    }

    @Test
    void instructionWithoutRuleFailsTheBuild() {
        var chains = RulesReader.read(Architecture.X86_64, "r.rules", rules("s8(imm)", "add dst, imm", ""), forms());
        assertThatThrownBy(() -> EmitterGenerator.generate(Backend.X86_64, Isa.bpf(), chains)).hasMessageContaining("has no rule")
                .hasMessageContaining(
                        "alu.isa:");
    }
}
