// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.loader.elf.ElfBuilder;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects made in memory: what must be refused and how, and what no compiler at hand makes. */
final class ObjectNegativesTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final int EXIT = 0x95;
    private static final int CALL = 0x85;
    private static final int WIDE = 0x18;
    private static final int R_64_64 = 1;
    private static final int R_64_32 = 10;

    private static void refused(ElfBuilder elf, String... parts) {
        assertThatThrownBy(() -> BpfObject.parse(elf.build(), "f.o")).isInstanceOf(LoadException.class).hasMessageStartingWith("f.o: ")
                .hasMessageContainingAll(
                        parts);
    }

    private static ElfBuilder program(int... slots) {
        ElfBuilder elf = ElfBuilder.little();
        byte[] code = ElfBuilder.slots(LITTLE, slots);
        int section = elf.code("xdp", code);
        elf.function("main", section, 0, code.length);
        return elf;
    }

    @Test
    void noFile() {
        assertThatThrownBy(() -> BpfObject.load(Path.of("no/such/file.o"))).isInstanceOf(LoadException.class).hasMessageContaining(
                "no/such/file.o").hasMessageContaining(
                        "cannot be read");
    }

    @Test
    void halfAnInstruction() {
        ElfBuilder elf = ElfBuilder.little();
        elf.code("xdp", new byte[12]);
        refused(elf, "section xdp, offset 0x8", "expected a multiple of 8");
    }

    @Test
    void functionNotOnAnInstruction() {
        ElfBuilder elf = ElfBuilder.little();
        elf.function("main", elf.code("xdp", new byte[16]), 4, 8);
        refused(elf, "section xdp, offset 0x4", "function main");
    }

    @Test
    void wideLoadCutByTheFunctionsEnd() {
        refused(program(WIDE, 1, 0, 0, 5), "section xdp, offset 0x0", "a wide load needs two slots");
    }

    @Test
    void callOfNoFunction() {
        refused(program(CALL, 0, 1, 0, 5, EXIT, 0, 0, 0, 0), "section xdp, offset 0x0", "slot 6", "where no function starts");
    }

    @Test
    void mapWithoutRelocation() {
        refused(program(WIDE, 1, 1, 0, 3, 0, 0, 0, 0, 0, EXIT, 0, 0, 0, 0), "section xdp, offset 0x0", "source 1", "without a relocation");
    }

    @Test
    void relocationOfAnInstructionWithoutPlaceForIt() {
        ElfBuilder elf = program(EXIT, 0, 0, 0, 0, EXIT, 0, 0, 0, 0);
        elf.rel(1, 0, R_64_32, 1);
        refused(elf, "section xdp, offset 0x0", "R_BPF_64_32", "opcode 0x95");
    }

    @Test
    void relocationBetweenInstructions() {
        ElfBuilder elf = program(WIDE, 0, 0, 0, 0, 0, 0, 0, 0, 0, EXIT, 0, 0, 0, 0);
        elf.rel(1, 4, R_64_64, 1);
        refused(elf, "section xdp, offset 0x4", "not on an instruction");
    }

    @Test
    void twoRelocationsOfOneInstruction() {
        ElfBuilder elf = program(CALL, 0, 1, 0, -1, EXIT, 0, 0, 0, 0);
        elf.rel(1, 0, R_64_32, 1, 0, R_64_32, 1);
        refused(elf, "section xdp, offset 0x0", "two relocations");
    }

    @Test
    void callOfAMap() {
        ElfBuilder elf = program(CALL, 0, 1, 0, -1, EXIT, 0, 0, 0, 0);
        int maps = elf.data("maps", new byte[20]);
        int map = elf.symbol("map", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, maps, 0, 20);
        elf.rel(1, 0, R_64_32, map);
        refused(elf, "section xdp, offset 0x0", "section maps, where no function starts");
    }

    @Test
    void loadBetweenMaps() {
        ElfBuilder elf = program(WIDE, 1, 0, 0, 8, 0, 0, 0, 0, 0, EXIT, 0, 0, 0, 0);
        int maps = elf.data("maps", new byte[20]);
        int map = elf.symbol("map", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, maps, 0, 20);
        elf.rel(1, 0, R_64_64, map);
        refused(elf, "section xdp, offset 0x0", "offset 0x8 of section maps, where no map begins");
    }

    @Test
    void loadOfDebugInformation() {
        ElfBuilder elf = program(WIDE, 1, 0, 0, 0, 0, 0, 0, 0, 0, EXIT, 0, 0, 0, 0);
        int note = elf.note("comment", new byte[20]);
        elf.rel(1, 0, R_64_64, elf.symbol("note", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, note, 0, 20));
        refused(elf, "section xdp, offset 0x0", "section comment", "neither code, maps nor data");
    }

    @Test
    void mapTooSmall() {
        ElfBuilder elf = ElfBuilder.little();
        elf.symbol("tiny", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, elf.data("maps", new byte[12]), 0, 12);
        refused(elf, "section maps, offset 0x0", "tiny", "12 bytes");
    }

    @Test
    void mapTooLarge() {
        ElfBuilder elf = ElfBuilder.little();
        byte[] map = ByteBuffer.allocate(20).order(LITTLE).putInt(2).putInt(4).putInt(8).putInt(-1).array();
        elf.symbol("huge", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, elf.data("maps", map), 0, 20);
        refused(elf, "section maps, offset 0xc", "huge", "max_entries is 4294967295");
    }

    @Test
    void arenaWithoutMap() {
        ElfBuilder elf = program(WIDE, 1, 0, 0, 0, 0, 0, 0, 0, 0, EXIT, 0, 0, 0, 0);
        int arena = elf.data(".addr_space.1", new byte[8]);
        elf.rel(1, 0, R_64_64, elf.symbol("x", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, arena, 0, 8));
        refused(elf, "section .addr_space.1", "no map of type arena");
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void relocationsWithAddends(Order order) throws LoadException {
        ElfBuilder elf = new ElfBuilder(order.value);
        byte[] code = ElfBuilder.slots(order.value, WIDE, 1, 0, 0, 0, 0, 0, 0, 0, 0, CALL, 0, 1, 0, -1, EXIT, 0, 0, 0, 0);
        int xdp = elf.code("xdp", code);
        int text = elf.code(".text", ElfBuilder.slots(order.value, EXIT, 0, 0, 0, 0, EXIT, 0, 0, 0, 0));
        int data = elf.data(".data", new byte[64]);
        elf.function("main", xdp, 0, code.length);
        elf.function("zero", text, 0, 8);
        elf.function("one", text, 8, 8);
        int dataSymbol = elf.symbol("", ElfSymbol.SECTION, ElfSymbol.LOCAL, data, 0, 0);
        int textSymbol = elf.symbol("", ElfSymbol.SECTION, ElfSymbol.LOCAL, text, 0, 0);
        elf.rela(xdp, 0, R_64_64, dataSymbol, 40, 16, R_64_32, textSymbol, 8);
        Program program = BpfObject.parse(elf.build(), "rela.o").program("main");
        Slots slots = new Slots(program.code(), order.value);
        assertThat(program.functions()).containsExactly(new Program.Function("main", 0), new Program.Function("one", 4));
        assertThat(slots.src(0)).isEqualTo(2);
        assertThat(slots.imm(1)).isEqualTo(40);
        assertThat(slots.imm(2)).isEqualTo(1);
    }

    /** Byte orders, for tests of both. */
    enum Order {
        LITTLE(ByteOrder.LITTLE_ENDIAN), BIG(ByteOrder.BIG_ENDIAN);

        private final ByteOrder value;

        Order(ByteOrder value) {
            this.value = value;
        }
    }

    @Test
    void plainCInText() throws LoadException {
        ElfBuilder elf = ElfBuilder.little();
        int text = elf.code(".text", ElfBuilder.slots(LITTLE, CALL, 0, 1, 0, 1, EXIT, 0, 0, 0, 0, EXIT, 0, 0, 0, 0));
        elf.function("run", text, 0, 16);
        elf.symbol("inner", ElfSymbol.FUNC, ElfSymbol.LOCAL, text, 16, 8);
        BpfObject object = BpfObject.parse(elf.build(), "plain.o");
        assertThat(object.programs()).extracting(Program::name).containsExactly("run");
        assertThat(object.program(".text").slots()).isEqualTo(3);
    }

    @Test
    void assemblerWithoutFunctionTypes() throws LoadException {
        ElfBuilder elf = ElfBuilder.little();
        int text = elf.code("xdp", ElfBuilder.slots(LITTLE, EXIT, 0, 0, 0, 0, EXIT, 0, 0, 0, 0));
        elf.symbol("first", ElfSymbol.NOTYPE, ElfSymbol.GLOBAL, text, 0, 0);
        elf.symbol("second", ElfSymbol.NOTYPE, ElfSymbol.GLOBAL, text, 8, 0);
        elf.symbol("label", ElfSymbol.NOTYPE, ElfSymbol.LOCAL, text, 8, 0);
        assertThat(BpfObject.parse(elf.build(), "asm.o").programs()).extracting(Program::name, Program::slots).containsExactly(
                org.assertj.core.groups.Tuple.tuple("first", 1), org.assertj.core.groups.Tuple.tuple("second", 1));
        ElfBuilder bare = ElfBuilder.little();
        bare.code("xdp", ElfBuilder.slots(LITTLE, EXIT, 0, 0, 0, 0));
        assertThat(BpfObject.parse(bare.build(), "bare.o").programs()).extracting(Program::name).containsExactly("xdp");
    }

    @Test
    void choosingAProgram() throws LoadException {
        ElfBuilder elf = ElfBuilder.little();
        int xdp = elf.code("xdp", ElfBuilder.slots(LITTLE, EXIT, 0, 0, 0, 0, EXIT, 0, 0, 0, 0));
        elf.function("one", xdp, 0, 8);
        elf.function("two", xdp, 8, 8);
        BpfObject object = BpfObject.parse(elf.build(), "f.o");
        assertThat(object.program("two").slots()).isEqualTo(1);
        assertThatThrownBy(() -> object.program("xdp")).isInstanceOf(LoadException.class).hasMessageContaining(
                "several programs in section xdp").hasMessageContaining(
                        "one (section xdp), two (section xdp)");
        assertThatThrownBy(() -> object.program("three")).isInstanceOf(LoadException.class).hasMessageContaining(
                "no program or section three");
    }

    @Test
    void callsAreFollowedWithoutRecursion() throws LoadException {
        int count = 50_000;
        int[] fields = new int[count * 10];
        for (int i = 0; i < count; i++) {
            fields[i * 10] = i + 1 < count ? CALL : 0xb7;
            fields[i * 10 + 2] = i + 1 < count ? 1 : 0;
            fields[i * 10 + 4] = i + 1 < count ? 1 : 0;
            fields[i * 10 + 5] = EXIT;
        }
        ElfBuilder elf = ElfBuilder.little();
        int xdp = elf.code("xdp", ElfBuilder.slots(LITTLE, fields));
        elf.function("main", xdp, 0, 16);
        for (int i = 1; i < count; i++) {
            elf.symbol("f" + i, ElfSymbol.FUNC, ElfSymbol.LOCAL, xdp, i * 16L, 16);
        }
        assertThat(BpfObject.parse(elf.build(), "deep.o").program("main").functions()).hasSize(count);
    }

    @Test
    void manyProgramsOverOneLargeFunction() {
        int large = 100_000;
        int[] fields = new int[large * 5];
        for (int i = 0; i < large; i++) {
            fields[i * 5] = EXIT;
        }
        ElfBuilder elf = ElfBuilder.little();
        int text = elf.code(".text", ElfBuilder.slots(LITTLE, fields));
        int body = elf.function("body", text, 0, large * 8L);
        int xdp = elf.code("xdp", ElfBuilder.slots(LITTLE, CALL, 0, 1, 0, -1, EXIT, 0, 0, 0, 0));
        for (int i = 0; i < 200; i++) {
            elf.function("p" + i, xdp, 0, 16); // all at one place
        }
        elf.rel(xdp, 0, R_64_32, body);
        refused(elf, "more than 8388608 slots together");
    }

    @Test
    void gobpfMaps() throws LoadException {
        ElfBuilder elf = ElfBuilder.little();
        byte[] map = ByteBuffer.allocate(280).order(LITTLE).putInt(1).putInt(4).putInt(8).putInt(16).putInt(0).putInt(2).put((byte) 'n')
                .array();
        elf.symbol("table", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, elf.data("maps/table", map), 0, 280);
        ObjectMap found = BpfObject.parse(elf.build(), "gobpf.o").maps().getFirst();
        assertThat(found.pinning()).isEqualTo(2);
        assertThat(found.definition().maxEntries()).isEqualTo(16);
    }
}
