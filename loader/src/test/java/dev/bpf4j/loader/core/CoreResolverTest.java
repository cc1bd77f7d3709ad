// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfBuilder;
import dev.bpf4j.loader.btf.BtfExt.CoreRelocation;
import dev.bpf4j.loader.btf.CoreKind;
import dev.bpf4j.runtime.LoadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code core.o} does not show: refusals, ambiguity, and hostile types. The values themselves are compared with libbpf's. */
final class CoreResolverTest {

    /** Structure s (type 2) with a number (type 1) at a byte offset. */
    private static Btf types(String name, int offset) throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        b.integer("int", 4, true);
        b.struct(name, offset + 4, false, "x", 1, offset * 8);
        return b.parse();
    }

    private static CoreRelocation ask(CoreKind kind, int type, String access) {
        return new CoreRelocation("xdp", 0, type, access, kind);
    }

    @ParameterizedTest
    @CsvSource({"task, task", "task___old, task", "task, task___v2"})
    void flavoursDoNotCount(String local, String target) throws LoadException {
        CoreAnswer answer = new CoreResolver(types(local, 4), types(target, 12)).resolve(ask(CoreKind.FIELD_BYTE_OFFSET, 2, "0:0"));
        assertThat(answer.original()).isEqualTo(4);
        assertThat(answer.value()).isEqualTo(12);
        assertThat(answer.missing()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"task__old, task", "task____old, task", "___old, task", "task___a___b, task___a"})
    void otherNamesDo(String local, String target) throws LoadException {
        CoreAnswer answer = new CoreResolver(types(local, 4), types(target, 12)).resolve(ask(CoreKind.FIELD_BYTE_OFFSET, 2, "0:0"));
        assertThat(answer.missing()).isEqualTo("struct " + local + ".x does not exist in the target's types");
    }

    @Test
    void twoAnswersAreNone() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        b.integer("int", 4, true);
        b.struct("s", 8, false, "x", 1, 32);
        b.struct("s___other", 16, false, "x", 1, 64);
        CoreAnswer answer = new CoreResolver(types("s", 4), b.parse()).resolve(ask(CoreKind.FIELD_BYTE_OFFSET, 2, "0:0"));
        assertThat(answer.missing()).contains("struct s.x is ambiguous: types 2 and 3");
        CoreAnswer exists = new CoreResolver(types("s", 4), b.parse()).resolve(ask(CoreKind.TYPE_EXISTS, 2, "0"));
        assertThat(exists.value()).isEqualTo(1); // here they agree
    }

    @Test
    void withoutTargetEveryTypeAnswersForItself() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        b.integer("int", 4, true);
        b.struct("s", 8, false, "x", 1, 32);
        b.struct("s___other", 16, false, "x", 1, 64);
        CoreResolver resolver = new CoreResolver(b.parse(), null);
        assertThat(resolver.resolve(ask(CoreKind.FIELD_BYTE_OFFSET, 2, "0:0")).value()).isEqualTo(4);
        assertThat(resolver.resolve(ask(CoreKind.FIELD_BYTE_OFFSET, 3, "0:0")).value()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"FIELD_BYTE_OFFSET, 2, '', numbers with colons", "FIELD_BYTE_OFFSET, 2, 0:x, numbers with colons",
        "FIELD_BYTE_OFFSET, 2, 0:1, does not exist",
        "FIELD_BYTE_OFFSET, 2, 0:0:0, does not exist", "FIELD_BYTE_OFFSET, 2, 0:-1, numbers with colons",
        "TYPE_SIZE, 2, 0:0, expected 0 for a type",
        "ENUMVAL_VALUE, 2, 0, not a constant", "FIELD_SIGNED, 2, 0, cannot be asked of an array's element",
        "FIELD_BYTE_OFFSET, 2, 999999999:0, ''", "FIELD_BYTE_OFFSET, 2, 9999999999:0, numbers with colons"})
    void badPaths(CoreKind kind, int type, String access, String message) throws LoadException {
        CoreResolver resolver = new CoreResolver(types("s", 4), types("s", 4));
        if (message.isEmpty()) {
            assertThat(resolver.resolve(ask(kind, type, access)).value()).isEqualTo(999_999_999L * 8 + 4);
            return;
        }
        assertThatThrownBy(() -> resolver.resolve(ask(kind, type, access))).isInstanceOf(LoadException.class).hasMessageContaining(message)
                .hasMessageContaining(
                        "struct s");
    }

    @Test
    void typesWithoutName() throws LoadException {
        CoreResolver resolver = new CoreResolver(types("", 4), types("s", 4));
        assertThatThrownBy(() -> resolver.resolve(ask(CoreKind.FIELD_EXISTS, 2, "0:0"))).isInstanceOf(LoadException.class)
                .hasMessageContaining(
                        "a type without a name");
    }

    @Test
    void searchesAreBounded() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        int last = b.integer("int", 4, true);
        for (int i = 0; i < 50; i++) {
            last = b.union("", 4, "", last, 0, "", last, 0); // 2^50 ways down, none to "x"
        }
        b.struct("s", 4, false, "", last, 0);
        CoreResolver resolver = new CoreResolver(types("s", 4), b.parse());
        assertThatThrownBy(() -> resolver.resolve(ask(CoreKind.FIELD_EXISTS, 2, "0:0"))).isInstanceOf(LoadException.class)
                .hasMessageContaining("steps to match");
    }

    @Test
    void pathsAreBounded() throws LoadException {
        CoreResolver resolver = new CoreResolver(types("s", 4), null);
        assertThatThrownBy(() -> resolver.resolve(ask(CoreKind.FIELD_EXISTS, 2, "0" + ":0".repeat(64)))).isInstanceOf(LoadException.class)
                .hasMessageContaining(
                        "a path of 65 steps");
    }
}
