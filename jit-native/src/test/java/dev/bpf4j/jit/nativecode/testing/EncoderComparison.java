// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.jit.nativecode.CodeBuffer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Every form with boundary operands: bytes of the encoder and text of the printer against an independent disassembler. What it said is checked
 * in, so that hosts without it check the same; {@code -Dbpf4j.bless=true} asks it anew.
 */
public abstract class EncoderComparison {
    private static final Path GOLDEN = Golden.resource("encodings.txt");

    private final Supplier<? extends CodeBuffer> encoders;
    private final Class<?> printer;
    private final LlvmMc llvm;

    /** An instruction: its form, bytes in hexadecimal and text. */
    public record Sample(String form, String bytes, String text) {}

    /**
     * A comparison.
     *
     * @param encoders makes the generated encoder
     * @param printer  the generated printer
     * @param llvm     the disassembler
     */
    protected EncoderComparison(Supplier<? extends CodeBuffer> encoders, Class<?> printer, LlvmMc llvm) {
        this.encoders = encoders;
        this.printer = printer;
        this.llvm = llvm;
    }

    /** The machine table. */
    protected abstract List<MachineForm> forms();

    /** Boundary values of an operand. */
    protected abstract List<Object> values(MachineForm form, Operand operand);

    /** The Java type of an operand. */
    protected abstract Class<?> type(Operand operand);

    /** How many registers there are that all register operands can be at once. */
    protected abstract int registers();

    /** Whether operands may go together in a form. */
    protected boolean allowed(MachineForm form, Object[] operands) {
        return true;
    }

    /** All forms with every boundary value in every operand. */
    protected final List<Sample> samples() {
        return forms().stream().flatMap(form -> samples(form).stream()).toList();
    }

    private List<Sample> samples(MachineForm form) {
        List<Sample> samples = new ArrayList<>();
        List<List<Object>> values = form.operands().stream().map(operand -> values(form, operand)).toList();
        int most = values.stream().mapToInt(List::size).max().orElse(1);
        for (int i = 0; i < most; i++) {
            Object[] operands = new Object[values.size()];
            for (int o = 0; o < operands.length; o++) {
                List<Object> choice = values.get(o);
                operands[o] = choice.get((i * (2 * o + 1) + 3 * o) % choice.size());
            }
            add(samples, form, operands);
        }
        if (!form.operands().isEmpty() && form.operands().stream().allMatch(o -> o.kind().isRegister())) {
            for (int register = 0; register < registers(); register++) {
                Object[] same = new Object[values.size()];
                Arrays.fill(same, register);
                add(samples, form, same);
            }
        }
        return samples;
    }

    private void add(List<Sample> samples, MachineForm form, Object[] operands) {
        if (!allowed(form, operands)) {
            return;
        }
        Class<?>[] types = form.operands().stream().map(this::type).toArray(Class<?>[]::new);
        try {
            CodeBuffer encoder = encoders.get();
            method(encoder.getClass(), form.name(), types).invoke(encoder, operands);
            Object text = method(printer, form.name(), types).invoke(null, operands);
            samples.add(new Sample(form.name(), HexFormat.of().formatHex(encoder.bytes(), 0, encoder.size()), text.toString()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(form.name() + Arrays.toString(operands) + (e instanceof InvocationTargetException
                    ? ": " + e.getCause()
                    : ""), e);
        }
    }

    private static Method method(Class<?> type, String name, Class<?>[] types) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, types);
        method.setAccessible(true);
        return method;
    }

    private String lines(List<Sample> samples, List<String> texts) {
        StringBuilder lines = new StringBuilder("# What `" + llvm.command() + "` says about the encoder's bytes.\n");
        String form = "";
        for (int i = 0; i < samples.size(); i++) {
            if (!samples.get(i).form().equals(form)) {
                form = samples.get(i).form();
                lines.append("# ").append(form).append('\n');
            }
            lines.append(samples.get(i).bytes()).append(' ').append(texts.get(i)).append('\n');
        }
        return lines.toString();
    }

    @Test
    protected void bytesMeanToTheDisassemblerWhatThePrinterSays() throws IOException, InterruptedException {
        List<Sample> samples = samples();
        if (Boolean.getBoolean(Golden.SWITCH)) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, lines(samples, llvm.disassemble(samples.stream().map(Sample::bytes).toList())));
        }
        assertThat(lines(samples, samples.stream().map(Sample::text).toList())).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    protected void installedDisassemblerAgrees() throws IOException, InterruptedException {
        assumeTrue(LlvmMc.installed(), "llvm-mc is not installed: the checked-in answers are checked by the other test");
        List<Sample> samples = samples();
        assertThat(llvm.disassemble(samples.stream().map(Sample::bytes).toList())).isEqualTo(samples.stream().map(Sample::text).toList());
    }

    @Test
    protected void everyFormHasSamples() {
        List<String> missing = new ArrayList<>();
        for (MachineForm form : forms()) {
            if (samples(form).isEmpty()) {
                missing.add(form.name());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(forms()).hasSizeGreaterThan(100);
    }
}
