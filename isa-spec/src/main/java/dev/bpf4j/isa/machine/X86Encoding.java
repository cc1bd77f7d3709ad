// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import dev.bpf4j.isa.machine.MachineForm.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An x86-64 encoding in the manual's notation (Intel SDM volume 2, section 3.1.1): {@code REX.W 81 /0 id}, {@code F0 0F C1 /r},
 * {@code B8+r io}, {@code VEX.LZ.66.0F38.W1 F7 /r}.
 *
 * @param notation  as the table writes it
 * @param prefixes  bytes in front of REX
 * @param wide      whether REX.W or VEX.W is set
 * @param vex       the VEX prefix; null if there is none
 * @param opcode    opcode bytes
 * @param addsToOpcode whether a register or condition is added to the last opcode byte
 * @param modrm     {@link #NONE}, {@link #REGISTER} for {@code /r}, or the digit 0 to 7 of {@code /digit}
 * @param immediate bytes of the immediate or distance, 0 if there is none
 */
public record X86Encoding(String notation, List<Integer> prefixes, boolean wide, @Nullable Vex vex, List<Integer> opcode,
        boolean addsToOpcode, int modrm, int immediate) implements MachineEncoding {
    /** No ModRM byte. */
    public static final int NONE = -1;
    /** ModRM with a register operand. */
    public static final int REGISTER = -2;

    /**
     * A VEX prefix.
     *
     * @param map which opcode map: 1 for 0F, 2 for 0F38, 3 for 0F3A
     * @param pp  the prefix that it stands for: 0 none, 1 66, 2 F3, 3 F2
     */
    public record Vex(int map, int pp) {}

    /** Copies the lists. */
    public X86Encoding {
        prefixes = List.copyOf(prefixes);
        opcode = List.copyOf(opcode);
    }

    /**
     * Reads the notation.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static X86Encoding parse(String notation) {
        return new Parser(notation).parse();
    }

    @Override
    public void check(List<Operand> operands, String feature) {
        Set<Slot> slots = new HashSet<>();
        operands.forEach(operand -> slots.add(operand.slot()));
        boolean rm = slots.contains(X86Slot.RM);
        boolean mem = slots.contains(X86Slot.MEM);
        require((modrm != NONE) == (rm || mem), "a ModRM byte and an operand rm or mem go together");
        require(!(rm && mem), "rm and mem are one field");
        require((modrm == REGISTER) == slots.contains(X86Slot.REG), "/r and an operand reg go together");
        require(addsToOpcode == (slots.contains(X86Slot.OP) || slots.contains(X86Slot.CC)),
                "+r or +cc and an operand op or cc go together");
        require((vex != null) == feature.equals("bmi2"), "VEX is for the features that need it");
        require(vex != null || !slots.contains(X86Slot.VVVV), "vvvv is a field of VEX");
        int bytes = 0;
        for (Operand operand : operands) {
            X86Kind kind = (X86Kind) operand.kind();
            switch ((X86Slot) operand.slot()) {
                case IMM, REL -> bytes = kind.width() / 8;
                case RM, REG, OP, VVVV -> require(kind.isRegister(), "this slot holds a register");
                case MEM -> require(kind.isMemory(), "this slot holds memory");
                case CC -> require(kind == X86Kind.CC, "this slot holds a condition");
            }
        }
        require(bytes == immediate, "the immediate of the encoding and that of the operands differ in size");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static final class Parser {
        private final String notation;
        private final List<Integer> prefixes = new ArrayList<>();
        private final List<Integer> opcode = new ArrayList<>();
        private boolean wide;
        private @Nullable Vex vex;
        private boolean adds;
        private int modrm = NONE;
        private int immediate;

        Parser(String notation) {
            this.notation = notation;
        }

        X86Encoding parse() {
            for (String token : notation.strip().split(" +")) {
                token(token);
            }
            if (opcode.isEmpty()) {
                throw new IllegalArgumentException("the encoding '" + notation + "' has no opcode");
            }
            return new X86Encoding(notation.strip().replaceAll(" +", " "), prefixes, wide, vex, opcode, adds, modrm, immediate);
        }

        private void token(String token) {
            if (immediate != 0) {
                throw new IllegalArgumentException("'" + token + "' stands behind the immediate");
            }
            switch (token) {
                case "REX.W" -> wide = true;
                case "/r" -> modrm = REGISTER;
                case "ib", "cb" -> immediate = 1;
                case "iw" -> immediate = 2;
                case "id", "cd" -> immediate = 4;
                case "io" -> immediate = 8;
                default -> other(token);
            }
        }

        private void other(String token) {
            if (token.startsWith("VEX.")) {
                vex = vex(token);
                wide = token.endsWith(".W1");
            } else if (token.matches("/[0-7]")) {
                modrm = token.charAt(1) - '0';
            } else if (token.matches("[0-9A-F]{2}(\\+r|\\+cc)?")) {
                if (adds || modrm != NONE) {
                    throw new IllegalArgumentException("the opcode byte '" + token + "' stands too late");
                }
                opcodeByte(Integer.parseInt(token.substring(0, 2), 16));
                adds = token.length() > 2;
            } else {
                throw new IllegalArgumentException("'" + token
                        + "' is none of REX.W, VEX.LZ.pp.map.Wn, an opcode byte with or without +r or +cc, /r, /0 to /7, ib, iw, id, io, cb, cd");
            }
        }

        private void opcodeByte(int value) {
            boolean prefix = value == 0x66 || value == 0xf0 || value == 0xf2 || value == 0xf3;
            if (prefix && opcode.isEmpty() && !wide && vex == null) {
                prefixes.add(value);
            } else {
                opcode.add(value);
            }
        }

        private static Vex vex(String token) {
            String[] parts = token.split("\\.");
            if (parts.length != 5 || !parts[1].equals("LZ") || !parts[4].matches("W[01]")) {
                throw new IllegalArgumentException("expected VEX.LZ.pp.map.Wn instead of '" + token + "'");
            }
            int pp = List.of("NP", "66", "F3", "F2").indexOf(parts[2]);
            int map = List.of("", "0F", "0F38", "0F3A").indexOf(parts[3]);
            if (pp < 0 || map < 1) {
                throw new IllegalArgumentException("'" + token + "' has an unknown prefix or map");
            }
            return new Vex(map, pp);
        }
    }
}
