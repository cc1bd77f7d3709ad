// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.fusion.Fusion;
import dev.bpf4j.isa.fusion.Layout;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints the interpreter's loops: one class for each policy and byte order, with one case for each pattern of the fusion list.
 *
 * <p>
 * A loop runs over 64-bit words. Its state is an array, allocated by itself so that the compiler knows its length: registers, the chunk of
 * budget, frames of local calls, and, for the strict policy, the lane's regions. Each memory access carries in its word a hint which region it
 * hits; a wrong hint is corrected in place. Whatever a loop does not do itself it leaves to the driver.
 */
public final class InterpreterGenerator {
    /** Index in the state: units of budget that the loop may take before it returns to the driver. */
    public static final int CHUNK = 16;
    /** Index in the state: 8 times the number of frames that the loop has pushed. */
    public static final int DEPTH = 17;
    /** Index in the state: the word to start at, and on return the one to go on with. */
    public static final int PC = 18;
    /** Index in the state: on return, whether the driver must do the word at {@link #PC}. */
    public static final int COLD = 19;
    /** Index in the state: 8 times the number of frames that the loop may push, at most 56. */
    public static final int DEPTH_LIMIT = 20;
    /** Index in the state: address of the lane's cells. */
    public static final int CELLS = 21;
    /** Index in the state: high half of arena addresses. */
    public static final int ARENA_HIGH = 22;
    /** First index of the regions' start addresses. */
    public static final int STARTS = 64;
    /** First index of the regions' sizes for reads. */
    public static final int READ_SIZES = 80;
    /** First index of the regions' sizes for writes. */
    public static final int WRITE_SIZES = 96;
    /** Regions that a loop knows at a time; the last is the whole space, for routines. */
    public static final int REGIONS = 16;
    /** First index of the frames, 8 longs each: r6 to r9 and the word to return to. */
    public static final int FRAMES = 128;
    /** Length of the state. */
    public static final int STATE = 192;
    /** In a site: the access writes. */
    static final int SITE_WRITES = 16;

    private final StringBuilder out = new StringBuilder();

    private InterpreterGenerator() {
    }

    /**
     * Writes the sources.
     *
     * @param args a name for the output (of no use here) and the folder for generated sources
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]).resolve("dev/bpf4j/interpreter");
        Files.createDirectories(folder);
        for (boolean strict : new boolean[] {false, true}) {
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                Files.writeString(folder.resolve(className(strict, order) + ".java"), generate(Fusion.of(Isa.system(), strict), strict,
                        order));
            }
        }
    }

    static String className(boolean strict, ByteOrder order) {
        return (strict ? "Strict" : "Sandbox") + (order == ByteOrder.BIG_ENDIAN ? "Big" : "Little") + "Loop";
    }

    /** The source of one loop. */
    public static String generate(Fusion fusion, boolean strict, ByteOrder order) {
        InterpreterGenerator generator = new InterpreterGenerator();
        generator.print(fusion, strict, order);
        return generator.out.toString();
    }

    private void line(int indent, String text) {
        out.append("    ".repeat(indent)).append(text).append('\n');
    }

    private void print(Fusion fusion, boolean strict, ByteOrder order) {
        header(strict, order);
        line(3, "for (;;) {");
        if (strict) {
            line(4, "miss: {");
        }
        line(4, "long w = code[pc++];");
        line(4, "switch ((int) w >>> " + Layout.CASE_SHIFT + " & " + Fusion.RARE + ") {");
        line(5, "case 0:");
        line(6, "break cold;");
        fusion.cases().forEach(fused -> print(fused, strict, order));
        line(5, "default: {");
        line(6, "int next = rare(regs, w, code, pc);");
        line(6, "if (next < 0) {");
        line(7, "break cold;");
        line(6, "}");
        line(6, "pc = next;");
        line(6, "if (regs[" + CHUNK + "] <= 0) {");
        line(7, "break run;");
        line(6, "}");
        line(5, "}");
        line(4, "}");
        if (strict) {
            line(4, "continue;");
            line(4, "}");
            miss("{ pc++; break cold; }");
        }
        line(3, "}");
        footer();
        rare(fusion, strict, order);
        line(0, "}");
    }

    private void header(boolean strict, ByteOrder order) {
        String javaOrder = order == ByteOrder.BIG_ENDIAN ? "BIG_ENDIAN" : "LITTLE_ENDIAN";
        line(0, "// Generated from the instruction table and the fusion list. Do not edit.");
        line(0, "package dev.bpf4j.interpreter;");
        line(0, "");
        line(0, "import java.lang.foreign.MemorySegment;");
        line(0, "import java.lang.foreign.ValueLayout;");
        line(0, "import java.lang.invoke.MethodHandles;");
        line(0, "import java.nio.ByteOrder;");
        line(0, "");
        line(0, "/** The loop for programs of this byte order under this policy; defined once more for each guest space, whose memory is a constant in it. */");
        line(0, "final class " + className(strict, order) + " implements WordLoop {");
        line(1, "private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;");
        line(1, "private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder." + javaOrder
                + ");");
        line(1, "private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder." + javaOrder + ");");
        line(1, "private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder." + javaOrder + ");");
        line(1, "private static final MemorySegment memory = WordLoop.memory(MethodHandles.lookup());");
        line(0, "");
        line(1, "@Override");
        line(1, "public long[] run(long[] state, long[] code) {");
        line(2, "return loop(state, code);");
        line(1, "}");
        line(0, "");
        line(1, "private static long[] loop(long[] regs, long[] code) {");
        line(2, "int j;");
        line(2, "long x;");
        line(2, "long[] given = regs;");
        line(2, "regs = new long[" + STATE + "];");
        line(2, "System.arraycopy(given, 0, regs, 0, " + STATE + ");");
        line(2, "int pc = (int) regs[" + PC + "];");
        if (strict) {
            line(2, "long address;");
            line(2, "int site;");
        }
        line(2, "cold: {");
        line(2, "run:");
    }

    /** A case first takes its number out of the word, so that no expression is common to two cases: the compiler would hoist it out of all. */
    private void print(Fusion.Case fused, boolean strict, ByteOrder order) {
        List<String> statements = CaseComposer.compose(fused, strict, order);
        boolean usesLow = statements.stream().anyMatch(text -> text.contains("j >") || text.contains("j & "));
        line(5, "case " + fused.number() + ": { // " + Fusion.describe(fused.pattern()));
        if (usesLow || statements.stream().anyMatch(text -> text.contains("x >"))) {
            line(6, fused.rare() ? "x = w;" : "x = w ^ " + fused.selector() + "L;");
        }
        if (usesLow) {
            line(6, "j = (int) x;");
        }
        statements.forEach(statement -> line(6, statement));
        line(5, "}");
    }

    /**
     * A wrong hint: looks for the region among those that the loop knows, writes it into the word, and does the word again. The check, with
     * {@code o} = address - start and {@code m} = size - bytes: all of {@code o}, {@code m} and {@code m - o} are not negative. If the first two
     * are not, the difference cannot run over.
     */
    private void miss(String giveUp) {
        line(4, "pc--;");
        line(4, "if (((int) (code[pc] >>> (site >>> 8)) & 15) == " + (REGIONS - 1) + ") " + giveUp);
        line(4, "int sizes = (site & " + SITE_WRITES + ") + " + READ_SIZES + ";");
        line(4, "long size = site & 15;");
        line(4, "int r = 0;");
        line(4, "for (;;) {");
        line(5, "long o = address - regs[" + STARTS + " + r];");
        line(5, "long m = regs[sizes + r] - size;");
        line(5, "if ((o | m | m - o) >= 0) {");
        line(6, "break;");
        line(5, "}");
        line(5, "if (++r == " + (REGIONS - 1) + ") " + giveUp);
        line(4, "}");
        line(4, "code[pc] = code[pc] & ~(15L << (site >>> 8)) | (long) r << (site >>> 8);");
    }

    /** Instructions that the loop has no room for: gives the next word, or -1 if the driver must do this one. */
    private void rare(Fusion fusion, boolean strict, ByteOrder order) {
        line(0, "");
        line(1, "private static int rare(long[] regs, long w, long[] code, int pc) {");
        line(2, "int j;");
        line(2, "long x;");
        if (strict) {
            line(2, "long address;");
            line(2, "int site;");
            line(2, "for (;;) {");
            line(3, "miss: {");
        }
        line(4, "switch ((int) w >>> " + Layout.RARE_SHIFT + " & " + ((1 << Layout.RARE_BITS) - 1) + ") {");
        fusion.rare().forEach(fused -> print(fused, strict, order));
        line(5, "default:");
        line(6, "return -1;");
        line(4, "}");
        line(4, "return pc;");
        if (strict) {
            line(3, "}");
            miss("{ return -1; }");
            line(4, "w = code[pc++];");
            line(2, "}");
        }
        line(1, "}");
    }

    private void footer() {
        line(2, "regs[" + PC + "] = pc;");
        line(2, "regs[" + COLD + "] = 0;");
        line(2, "return regs;");
        line(2, "}");
        line(2, "regs[" + PC + "] = pc - 1;");
        line(2, "regs[" + COLD + "] = 1;");
        line(2, "return regs;");
        line(1, "}");
    }
}
