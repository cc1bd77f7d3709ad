// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Emitters.Site;
import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an emitter of bytecode can do wrong: another instruction, another extension, condition, constant, method or order of bytes. Only
 * such that what is emitted can still be verified, so that something has to be computed to notice.
 */
final class JvmFaults {
    private static final ClassDesc CODE = CodeBuilder.class.describeConstable().orElseThrow();
    private static final ClassDesc OPCODE = Opcode.class.describeConstable().orElseThrow();
    private static final String EXTENSION = "Expressions$Extension";
    private static final String OPERATOR = "BinaryOp";
    private static final long MASK = 0xffff_ffffL;

    private record Other(Fault fault, String name) {}

    /** For an instruction: others with the same operands and result. */
    private static final Map<String, List<Other>> INSTRUCTIONS = new HashMap<>();
    /** For a name that is told to the bytecode: another one of the same type. */
    private static final Map<String, Other> NAMES = Map.of("divideUnsigned", new Other(Fault.OPERATOR, "remainderUnsigned"),
            "remainderUnsigned", new Other(Fault.OPERATOR, "divideUnsigned"), "compareUnsigned", new Other(Fault.SIGNEDNESS, "compare"),
            "reverseBytes", new Other(Fault.OPERATOR, "reverse"), "LITTLE_SHORT", new Other(Fault.BYTE_ORDER, "BIG_SHORT"), "LITTLE_INT",
            new Other(Fault.BYTE_ORDER, "BIG_INT"), "LITTLE_LONG", new Other(Fault.BYTE_ORDER, "BIG_LONG"));
    private static final Map<String, List<Other>> CONDITIONS = new HashMap<>();
    private static final Map<String, List<Other>> EXTENSIONS = Map.of("ZERO", List.of(new Other(Fault.EXTENSION, "SIGN"), new Other(
            Fault.EXTENSION, "ANY")), "SIGN", List.of(new Other(Fault.EXTENSION, "ZERO"), new Other(Fault.EXTENSION, "ANY")));

    static {
        for (String type : List.of("l", "i")) {
            add(Fault.OPERATOR, type, "add", "sub", "sub", "add", "mul", "add", "div", "rem", "rem", "div", "and", "or", "or", "xor", "xor",
                    "or", "shl", "ushr", "neg", null);
            add(Fault.SIGNEDNESS, type, "shr", "ushr", "ushr", "shr");
        }
        add(Fault.NO_MASK, "", "land", "pop2", "iand", "pop");
        add(Fault.WIDTH, "i2", "b", "s", "s", "b");
        add(Fault.EXTENSION, "i2", "c", "s");
        add(Fault.OFF_BY_ONE, "if", "ge", "gt", "lt", "le", "_icmpgt", "_icmpge");
        add(Fault.CONDITION, "if", "ge", "lt", "lt", "ge", "eq", "ne", "ne", "eq", "_icmpgt", "_icmple");
        for (String prefix : List.of("IF", "IF_ICMP")) {
            for (String[] pair : new String[][] {{"EQ", "NE"}, {"LT", "GE"}, {"LE", "GT"}}) {
                condition(Fault.CONDITION, prefix + pair[0], prefix + pair[1]);
            }
            for (String[] pair : new String[][] {{"LT", "LE"}, {"GE", "GT"}}) {
                condition(Fault.OFF_BY_ONE, prefix + pair[0], prefix + pair[1]);
            }
        }
    }

    private JvmFaults() {
    }

    /** Pairs of names; no name: the instruction is left out. */
    private static void add(Fault fault, String prefix, @Nullable String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            String to = pairs[i + 1];
            INSTRUCTIONS.computeIfAbsent(prefix + pairs[i], _ -> new ArrayList<>()).add(new Other(to == null ? Fault.DROPPED_OPERATOR
                    : fault, to == null ? "" : prefix + to));
        }
    }

    private static void condition(Fault fault, String one, String other) {
        CONDITIONS.computeIfAbsent(one, _ -> new ArrayList<>()).add(new Other(fault, other));
        CONDITIONS.computeIfAbsent(other, _ -> new ArrayList<>()).add(new Other(fault, one));
    }

    static List<Site> of(String type, String method, CodeElement element) {
        return switch (element) {
            case InvokeInstruction call when call.owner().asSymbol().equals(CODE) -> emitted(call);
            case FieldInstruction field when field.opcode() == Opcode.GETSTATIC -> named(method, field);
            case ConstantInstruction constant when constant.constantValue() instanceof String text && NAMES.containsKey(text) -> List.of(
                    new Site(NAMES.get(text).fault(), text + " -> " + NAMES.get(text).name(), code -> code.ldc(NAMES.get(text).name())));
            default -> List.of();
        };
    }

    private static List<Site> emitted(InvokeInstruction call) {
        List<Site> sites = new ArrayList<>();
        String name = call.name().stringValue();
        for (Other other : INSTRUCTIONS.getOrDefault(name, List.of())) {
            sites.add(other.name().isEmpty() ? new Site(other.fault(), "no " + name, Rewrite.dropped(call))
                    : new Site(other.fault(), name + " -> " + other.name(), Rewrite.renamed(call, other.name())));
        }
        switch (name) {
            case "i2b", "i2s", "i2c" -> sites.add(new Site(Fault.DROPPED_OPERATOR, "no " + name, Rewrite.dropped(call)));
            case "i2l" -> sites.add(new Site(Fault.EXTENSION, "i2l without the sign", code -> {
                code.with(call).loadConstant(MASK);
                emit(code, "loadConstant", MethodTypeDesc.of(CODE, ConstantDescs.CD_long));
                emit(code, "land", MethodTypeDesc.of(CODE));
            }));
            case "isub", "idiv", "irem", "ishl", "ishr", "iushr" -> sites.add(new Site(Fault.SWAPPED_OPERANDS, name + " exchanged",
                    code -> {
                        emit(code, "swap", MethodTypeDesc.of(CODE));
                        code.with(call);
                    }));
            case "lsub", "ldiv", "lrem" -> sites.add(new Site(Fault.SWAPPED_OPERANDS, name + " exchanged", code -> {
                emit(code, "dup2_x2", MethodTypeDesc.of(CODE));
                emit(code, "pop2", MethodTypeDesc.of(CODE));
                code.with(call);
            }));
            case "loadConstant" -> constant(call, sites);
            default -> {
                // its mistakes would be refused by the verifier, or stand in the maps above
            }
        }
        return sites;
    }

    private static void emit(CodeBuilder code, String name, MethodTypeDesc type) {
        code.invokeinterface(CODE, name, type);
    }

    private static void constant(InvokeInstruction call, List<Site> sites) {
        ClassDesc type = call.typeSymbol().parameterType(0);
        if (type.equals(ConstantDescs.CD_long)) {
            sites.add(new Site(Fault.OFF_BY_ONE, "constant + 1", Rewrite.argument(call, 0, code -> code.lconst_1().ladd())));
        } else if (type.equals(ConstantDescs.CD_int)) {
            sites.add(new Site(Fault.OFF_BY_ONE, "constant + 1", Rewrite.argument(call, 0, Rewrite.more(1))));
        }
    }

    private static List<Site> named(String method, FieldInstruction field) {
        String name = field.name().stringValue();
        String owner = field.owner().name().stringValue();
        List<Other> others = field.owner().asSymbol().equals(OPCODE) ? CONDITIONS.getOrDefault(name, List.of())
                : owner.endsWith(EXTENSION) ? EXTENSIONS.getOrDefault(name, List.of())
                        : owner.endsWith(OPERATOR) && method.equals("negation") ? negations(name) : List.of();
        return others.stream().map(other -> new Site(other.fault(), name + " -> " + other.name(), code -> code.getstatic(field.owner()
                .asSymbol(), other.name(), field.typeSymbol()))).toList();
    }

    /** A comparison with the other sign, or the other answer if both are equal. */
    private static List<Other> negations(String name) {
        if (name.length() < 4) {
            return List.of(new Other(Fault.CONDITION, name.equals("EQ") ? "NE" : "EQ"));
        }
        String sign = name.endsWith("_U") ? "_S" : "_U";
        char second = name.charAt(1) == 'T' ? 'E' : 'T';
        return List.of(new Other(Fault.SIGNEDNESS, name.substring(0, 2) + sign), new Other(Fault.OFF_BY_ONE, name.charAt(0) + "" + second
                + name.substring(2)));
    }
}
