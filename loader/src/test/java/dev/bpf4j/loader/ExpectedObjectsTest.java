// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfRelocation;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every test object has what LLVM's tools and its source say ({@code src/test/bpf/expected.json}). */
final class ExpectedObjectsTest {
    /** Names of {@code enum bpf_map_type} as expected.json has them, by number. */
    private static final List<String> MAP_TYPES = List.of("unspec", "hash", "array", "prog_array", "perf_event_array", "percpu_hash",
            "percpu_array",
            "stack_trace", "cgroup_array", "lru_hash", "lru_percpu_hash", "lpm_trie",
            "array_of_maps", "hash_of_maps", "devmap", "sockmap", "cpumap", "xskmap", "sockhash", "cgroup_storage", "reuseport_sockarray",
            "percpu_cgroup_storage", "queue", "stack", "sk_storage", "devmap_hash", "struct_ops", "ringbuf", "inode_storage",
            "task_storage",
            "bloom_filter", "user_ringbuf", "cgrp_storage", "arena");

    @TestFactory
    List<DynamicTest> objects() throws IOException {
        JsonNode known = TestObjects.expected();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : TestObjects.all()) {
            JsonNode expected = known.get(TestObjects.name(file));
            tests.add(DynamicTest.dynamicTest(TestObjects.name(file), () -> check(file, expected)));
        }
        return tests;
    }

    private static void check(Path file, JsonNode expected) throws IOException, LoadException {
        ElfObject elf = ElfObject.parse(Files.readAllBytes(file), TestObjects.name(file));
        assertThat(elf.order()).isEqualTo(expected.get("endian").asString().equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        assertThat(elf.section(".BTF") != null).isEqualTo(expected.get("btf").asBoolean());
        checkVariables(elf, expected.get("variables"));
        checkRelocations(elf, expected.get("relocations"));
        if (expected.has("refused")) {
            assertThatThrownBy(() -> BpfObject.load(file)).isInstanceOf(LoadException.class).hasMessageContaining(TestObjects.name(file))
                    .hasMessageContaining(expected.get("refused").asString());
            return;
        }
        BpfObject object = BpfObject.load(file);
        checkPrograms(object, expected.get("functions"));
        checkMaps(object, expected.get("maps"));
        String unresolved = expected.has("unresolved") ? expected.get("unresolved").asString() : null;
        for (Program program : object.programs()) {
            if (unresolved == null) {
                // The kernel's names that externs.o wants are what ObjectReportTest shows.
                assertThat(program.poisoned().isEmpty() || TestObjects.name(file).equals("externs.o")).isTrue();
            } else {
                assertThat(program.poisoned().values()).anyMatch(reason -> reason.contains(unresolved));
            }
        }
    }

    private static void checkVariables(ElfObject elf, JsonNode expected) {
        List<String> found = elf.symbols().stream().filter(symbol -> symbol.type() == ElfSymbol.OBJECT).map(symbol -> symbol.name() + " "
                + sectionName(elf,
                        symbol) + " " + symbol.value() + " " + symbol.size()).sorted().toList();
        List<String> wanted = new ArrayList<>();
        expected.forEach(variable -> wanted.add(variable.get("name").asString() + " " + variable.get("section").asString() + " " + variable
                .get("offset")
                .asLong() + " " + variable.get("size").asLong()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static String sectionName(ElfObject elf, ElfSymbol symbol) {
        return symbol.section() == ElfSymbol.COMMON ? "Common"
                : symbol.section() == ElfSymbol.UNDEFINED ? "Undefined"
                        : elf.sections().get(symbol.section()).name();
    }

    private static void checkRelocations(ElfObject elf, JsonNode expected) {
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            ElfSection section = elf.section(entry.getKey());
            assertThat(section).isNotNull();
            List<String> found = section == null ? List.of()
                    : elf.relocations(section).stream().map(relocation -> relocation.offset() + " "
                            + relocation.type() + " " + symbolName(elf, relocation)).toList();
            List<String> wanted = new ArrayList<>();
            entry.getValue().forEach(relocation -> wanted.add(relocation.get("offset").asLong() + " " + relocation.get("type").asString()
                    + " " + relocation
                            .get("symbol").asString()));
            assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    private static String symbolName(ElfObject elf, ElfRelocation relocation) {
        ElfSymbol symbol = relocation.symbol();
        return symbol.type() == ElfSymbol.SECTION ? elf.sections().get(symbol.section()).name() : symbol.name();
    }

    private static void checkPrograms(BpfObject object, JsonNode functions) throws LoadException {
        List<String> wanted = new ArrayList<>();
        for (JsonNode function : functions) {
            if (!function.get("section").asString().equals(".text") && !function.get("binding").asString().equals("local")) {
                wanted.add(function.get("section").asString() + " " + function.get("name").asString());
                Program program = object.program(function.get("name").asString());
                int slots = function.get("slots").asInt();
                assertThat(program.slots()).isGreaterThanOrEqualTo(slots);
                assertThat(program.functions().getFirst()).isEqualTo(new Program.Function(program.name(), 0));
                if (program.functions().size() > 1) {
                    assertThat(program.functions().get(1).slot()).isEqualTo(slots);
                } else {
                    assertThat(program.slots()).isEqualTo(slots);
                }
            }
        }
        List<String> found = object.programs().stream().map(program -> program.section() + " " + program.name()).toList();
        // A section whose functions are all local has no global one to start with; then the local ones are taken.
        assertThat(found).containsAll(wanted);
        found.stream().filter(name -> !wanted.contains(name)).forEach(name -> assertThat(name).isEqualTo("socket1 local_program"));
    }

    private static void checkMaps(BpfObject object, JsonNode expected) {
        List<String> found = object.maps().stream().filter(map -> !map.global()).map(map -> describe(map.definition())).toList();
        List<String> wanted = new ArrayList<>();
        expected.forEach(map -> wanted.add(map.get("name").asString() + " " + MAP_TYPES.indexOf(map.get("type").asString()) + " " + map.get(
                "keySize").asInt()
                + " " + map.get("valueSize").asInt() + " " + map.get("maxEntries").asInt() + " " + map.get("flags").asInt()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static String describe(MapDefinition map) {
        return map.name() + " " + map.type() + " " + map.keySize() + " " + map.valueSize() + " " + map.maxEntries() + " " + map.flags();
    }

    @Test
    void examplesLoad() throws IOException, LoadException {
        List<Path> examples = TestObjects.examples();
        assertThat(examples).isNotEmpty();
        for (Path file : examples) {
            BpfObject object = BpfObject.load(file);
            assertThat(object.programs()).as(file.toString()).isNotEmpty();
            assertThat(object.programs()).as(file.toString()).allSatisfy(program -> assertThat(program.poisoned()).isEmpty());
        }
    }
}
