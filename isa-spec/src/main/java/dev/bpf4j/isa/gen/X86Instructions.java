// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.isa.machine.X86Encoding;
import dev.bpf4j.isa.machine.X86Kind;
import dev.bpf4j.isa.machine.X86Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** x86-64: bytes, one after the other. */
final class X86Instructions implements Instructions {
    @Override
    public List<String> encode(MachineForm form) {
        List<String> lines = new ArrayList<>();
        X86Encoding encoding = (X86Encoding) form.encoding();
        encoding.prefixes().forEach(prefix -> lines.add("put(" + hex(prefix) + ");"));
        lines.add(encoding.vex() == null ? rex(form, encoding) : vex(form, encoding));
        for (int i = 0; i < encoding.opcode().size(); i++) {
            boolean adds = encoding.addsToOpcode() && i == encoding.opcode().size() - 1;
            String added = !adds ? "" : form.has(X86Slot.OP) ? " + (op & 7)" : " + condition(cc)";
            lines.add("put(" + hex(encoding.opcode().get(i)) + added + ");");
        }
        if (encoding.modrm() != X86Encoding.NONE) {
            String reg = encoding.modrm() == X86Encoding.REGISTER ? "reg" : Integer.toString(encoding.modrm());
            lines.add("modrm(" + reg + ", " + (form.has(X86Slot.MEM) ? "mem" : "rm") + ");");
        }
        for (Operand operand : form.operands()) {
            if (operand.slot() == X86Slot.IMM || operand.slot() == X86Slot.REL) {
                lines.add(immediate(operand));
            }
        }
        return lines;
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value | 0x100).substring(1);
    }

    private static String immediate(Operand operand) {
        String name = operand.slot().word();
        return switch ((X86Kind) operand.kind()) {
            case IB, CB -> "signed8(" + name + ");";
            case UB -> "unsigned8(" + name + ");";
            case IW -> "imm16(" + name + ");";
            case ID, CD -> "imm32(" + name + ");";
            case IO -> "imm64(" + name + ");";
            case R8, R16, R32, R64, M0, M8, M16, M32, M64, CC -> throw new IllegalStateException(name + " is no immediate");
        };
    }

    /** The call that writes a REX prefix where one is needed: for W, for registers 8 to 15, for the low bytes of registers 4 to 7. */
    private static String rex(MachineForm form, X86Encoding encoding) {
        String reg = form.has(X86Slot.REG) ? "reg" : "0";
        String rm = form.has(X86Slot.RM) ? "rm" : form.has(X86Slot.OP) ? "op" : "0";
        StringBuilder bytes = new StringBuilder();
        for (Operand operand : form.operands()) {
            if (operand.kind() == X86Kind.R8) {
                bytes.append(bytes.isEmpty() ? "" : " || ").append("byteNeedsRex(").append(operand.slot().word()).append(')');
            }
        }
        return "rex(" + encoding.wide() + ", " + reg + ", " + (form.has(X86Slot.MEM) ? "mem" : rm) + ", " + (bytes.isEmpty() ? "false"
                : bytes) + ");";
    }

    private static String vex(MachineForm form, X86Encoding encoding) {
        X86Encoding.Vex vex = encoding.vex();
        if (vex == null) {
            throw new IllegalStateException(form.name() + " has no VEX prefix");
        }
        return "vex(" + vex.map() + ", " + vex.pp() + ", " + encoding.wide() + ", " + (form.has(X86Slot.REG) ? "reg" : "0") + ", "
                + (form.has(X86Slot.VVVV) ? "vvvv" : "0") + ", " + (form.has(X86Slot.MEM) ? "mem" : "rm") + ");";
    }

    @Override
    public String text(MachineForm form, String concatenation) {
        return concatenation;
    }

    @Override
    public String shown(MachineForm form, Operand operand) {
        String name = operand.slot().word();
        boolean narrow = form.operands().stream().anyMatch(o -> o.kind() == X86Kind.R32 || o.kind() == X86Kind.M32);
        return switch ((X86Kind) operand.kind()) {
            case R8, R16, R32, R64 -> operand.kind().name().toLowerCase(Locale.ROOT) + "(" + name + ")";
            case M0 -> "address(" + name + ")";
            case M8, M16, M32, M64 -> "memory(" + ((X86Kind) operand.kind()).width() + ", " + name + ")";
            case IB, CB, CD, IO -> name;
            case UB -> form.name().startsWith("test") ? "(byte) " + name : name;
            case IW -> "(" + name + " & 0xffff)";
            case ID -> narrow || form.name().endsWith("32_ai") ? "Integer.toUnsignedString(" + name + ")" : name;
            case CC -> "conditionName(" + name + ")";
        };
    }
}
