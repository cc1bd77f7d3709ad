// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.LoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfRelocationSection;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ElfObjectTest {
    private static final byte[] EXIT = ElfBuilder.slots(ByteOrder.LITTLE_ENDIAN, 0x95, 0, 0, 0, 0);

    private static byte[] small() {
        ElfBuilder elf = ElfBuilder.little();
        int text = elf.code("xdp", EXIT);
        elf.function("main", text, 0, 8);
        elf.data("license", new byte[] {'G', 'P', 'L', 0});
        return elf.build();
    }

    @TestFactory
    List<DynamicTest> sameAsJelf() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/bpf"))) {
            files.filter(file -> file.toString().endsWith(".o")).sorted().forEach(file -> tests.add(DynamicTest.dynamicTest(file.toString(),
                    () -> compare(
                            Files.readAllBytes(file)))));
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests;
    }

    private static void compare(byte[] bytes) throws LoadException {
        ElfObject mine = ElfObject.parse(bytes, "mine");
        ElfFile other = ElfFile.from(bytes);
        assertThat(mine.sections()).hasSize(other.e_shnum);
        for (ElfSection section : mine.sections()) {
            net.fornwall.jelf.ElfSection same = other.getSection(section.index());
            assertThat(section.name()).isEqualTo(section.type() == ElfSection.NULL ? "" : same.header.getName());
            assertThat(section.type()).isEqualTo(same.header.sh_type);
            assertThat(section.flags()).isEqualTo(same.header.sh_flags);
            assertThat(section.size()).isEqualTo(same.header.sh_size);
            if (section.type() != ElfSection.NOBITS && section.type() != ElfSection.NULL) {
                assertThat(section.data().toArray()).isEqualTo(same.getData());
            }
            boolean debug = section.info() > 0 && section.info() < mine.sections().size() && mine.sections().get(section.info()).name()
                    .startsWith(".debug");
            if (same instanceof ElfRelocationSection relocations && !debug) {
                assertThat(mine.relocations(mine.sections().get(section.info())).stream().map(r -> r.offset() + " " + r.type().number()
                        + " " + r.symbol()
                                .index())).containsExactlyInAnyOrderElementsOf(Arrays.stream(relocations.relocations).map(r -> r.r_offset
                                        + " " + r.getType() + " " + r
                                                .getSymbolIndex()).toList());
            }
        }
        ElfSymbolTableSection symbols = other.getSymbolTableSection();
        assertThat(mine.symbols()).hasSize(symbols.symbols.length);
        for (ElfSymbol symbol : mine.symbols()) {
            net.fornwall.jelf.ElfSymbol same = symbols.symbols[symbol.index()];
            assertThat(List.of(symbol.value(), symbol.size(), (long) symbol.type(), (long) symbol.binding(), (long) (short) symbol
                    .section())).isEqualTo(List.of(
                            same.st_value, same.st_size, (long) same.getType(), (long) same.getBinding(), (long) same.st_shndx));
            // jelf puts the section's name in place of that of a section symbol.
            if (symbol.type() != ElfSymbol.SECTION) {
                assertThat(symbol.name()).isEqualTo(same.getName() == null ? "" : same.getName());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 1 | 0          | not an ELF file
            4  | 1 | 1          | ELF class 1, expected 2
            5  | 1 | 3          | ELF data encoding 3
            16 | 2 | 2          | ELF file type 2, expected 1
            18 | 2 | 62         | ELF machine 62, expected 247
            40 | 8 | 0          | no section table
            40 | 8 | 0x7ffffff0 | section table of
            58 | 2 | 40         | a section table entry has 40 bytes, expected 64
            60 | 2 | 5000       | 5000 sections do not fit
            62 | 2 | 77         | section 77 should hold the section names
            """)
    void badHeader(int offset, int size, String value, String message) {
        byte[] bytes = small();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long number = Long.decode(value);
        switch (size) {
            case 1 -> buffer.put(offset, (byte) number);
            case 2 -> buffer.putShort(offset, (short) number);
            default -> buffer.putLong(offset, number);
        }
        assertThatThrownBy(() -> ElfObject.parse(bytes, "bad.o")).isInstanceOf(LoadException.class).hasMessageStartingWith("bad.o")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "4", "63"})
    void tooShort(int size) {
        assertThatThrownBy(() -> ElfObject.parse(Arrays.copyOf(small(), size), "short.o")).isInstanceOf(LoadException.class)
                .hasMessageStartingWith("short.o");
    }

    @Test
    void tooLong() {
        assertThatThrownBy(() -> ElfObject.parse(new byte[ElfObject.MAX_FILE + 1], "long.o")).isInstanceOf(LoadException.class)
                .hasMessageContaining(
                        "an object has at most");
    }

    @Test
    void sectionOutsideTheFileNamesSectionAndOffset() {
        byte[] bytes = small();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 64 + 24, 0x123456); // sh_offset of section 1
        assertThatThrownBy(() -> ElfObject.parse(bytes, "f.o")).isInstanceOf(LoadException.class).hasMessageContaining(
                "section xdp has 8 bytes at file offset 0x123456").hasMessageContaining("offset 0x58");
    }

    @Test
    void overlappingSectionsAreRefused() {
        ElfBuilder elf = ElfBuilder.little();
        int first = elf.data(".data", new byte[4096]);
        for (int i = 0; i < 10; i++) {
            elf.data(".data." + i, new byte[0]);
        }
        byte[] bytes = elf.build();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long offset = buffer.getLong(64 + 64 * first + 24);
        for (int i = 0; i < 10; i++) {
            buffer.putLong(64 + 64 * (first + 1 + i) + 24, offset).putLong(64 + 64 * (first + 1 + i) + 32, 4096);
        }
        assertThatThrownBy(() -> ElfObject.parse(bytes, "f.o")).isInstanceOf(LoadException.class).hasMessageContaining("they overlap");
    }

    @Test
    void stringsThatShareTailsAreBounded() {
        ElfBuilder elf = ElfBuilder.little();
        elf.symbol("x".repeat(60_000), ElfSymbol.NOTYPE, ElfSymbol.LOCAL, 0, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            elf.symbol("", ElfSymbol.NOTYPE, ElfSymbol.LOCAL, 0, 0, 0);
        }
        byte[] bytes = elf.build();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int table = (int) buffer.getLong(64 + 64 + 24);
        for (int i = 2; i < 1_002; i++) {
            buffer.putInt(table + 24 * i, i); // each names a tail of the long one
        }
        assertThatThrownBy(() -> ElfObject.parse(bytes, "f.o")).isInstanceOf(LoadException.class).hasMessageContaining(
                "more than 8 times its size");
    }

    @Test
    void stringWithoutEnd() {
        ElfBuilder elf = ElfBuilder.little();
        elf.symbol("x".repeat(Strings.MAX_LENGTH + 10), ElfSymbol.NOTYPE, ElfSymbol.LOCAL, 0, 0, 0);
        assertThatThrownBy(() -> ElfObject.parse(elf.build(), "f.o")).isInstanceOf(LoadException.class).hasMessageContaining(
                "section .strtab, offset 0x1")
                .hasMessageContaining("no end within");
    }

    @Test
    void moreSectionsThanTheHeaderHolds() throws LoadException {
        ElfBuilder elf = ElfBuilder.little();
        for (int i = 0; i < 0xff10; i++) {
            elf.note("", new byte[0]);
        }
        assertThat(ElfObject.parse(elf.build(), "many.o").sections()).hasSize(0xff10 + 4);
    }

    @Test
    void relocationsAreChecked() {
        assertRelocationRefused("relocation type 77 is not one of", 0, 77, 1);
        assertRelocationRefused("relocation against symbol 9, but there are only", 0, 1, 9);
        assertRelocationRefused("R_BPF_64_64 at offset 0x4 of section xdp, which has only 8 bytes", 4, 1, 1);
        assertRelocationRefused("R_BPF_64_64 at offset 0x-1".replace("0x-1", "0xffffffffffffffff"), -1, 1, 1);
    }

    private static void assertRelocationRefused(String message, long... relocation) {
        ElfBuilder elf = ElfBuilder.little();
        int text = elf.code("xdp", EXIT);
        elf.function("main", text, 0, 8);
        elf.rel(text, relocation);
        assertThatThrownBy(() -> ElfObject.parse(elf.build(), "f.o")).isInstanceOf(LoadException.class).hasMessageContaining(message);
    }

    @Test
    void zerosHaveNothingToRelocate() {
        ElfBuilder elf = ElfBuilder.little();
        int bss = elf.zeros(".bss", 64);
        elf.symbol("x", ElfSymbol.OBJECT, ElfSymbol.GLOBAL, bss, 0, 8);
        elf.rel(bss, 0, 2, 1);
        assertThatThrownBy(() -> ElfObject.parse(elf.build(), "f.o")).isInstanceOf(LoadException.class).hasMessageContaining(
                "which has only 0 bytes");
    }

    @Test
    void symbolsLieInTheirSections() {
        ElfBuilder elf = ElfBuilder.little();
        int text = elf.code("xdp", EXIT);
        elf.function("main", text, 0, 16);
        assertThatThrownBy(() -> ElfObject.parse(elf.build(), "f.o")).isInstanceOf(LoadException.class).hasMessageContaining(
                "symbol 1 has 16 bytes at offset 0x0 of section xdp, which has only 8");
    }

    @Test
    void twoSymbolTables() {
        ElfBuilder elf = ElfBuilder.little();
        elf.section("other", ElfSection.SYMTAB, 0, new byte[24], 0, 0, 24);
        assertThatThrownBy(() -> ElfObject.parse(elf.build(), "f.o")).isInstanceOf(LoadException.class).hasMessageContaining(
                "two symbol tables");
    }
}
