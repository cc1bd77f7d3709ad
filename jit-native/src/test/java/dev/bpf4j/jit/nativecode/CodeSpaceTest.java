// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Ranges of code: where they lie, and that they come back whole. */
class CodeSpaceTest {
    private static final long ADDRESS = 0x1000;
    private final byte[] memory = new byte[256];
    private final CodeSpace space = new CodeSpace(MemorySegment.ofArray(memory), ADDRESS);

    @Test
    void rangesAreAlignedAndHoldTheirCode() throws LoadException {
        assertThat(space.put(new byte[] {1})).isEqualTo(new Processor.Range(0, 64, ADDRESS));
        assertThat(space.put(new byte[65])).isEqualTo(new Processor.Range(64, 128, ADDRESS + 64));
        assertThat(memory[0]).isEqualTo((byte) 1);
    }

    @Test
    void whatDoesNotFitIsRefused() throws LoadException {
        space.put(new byte[200]);
        assertThatThrownBy(() -> space.put(new byte[1])).isInstanceOf(LoadException.class).hasMessageContaining("256");
    }

    @Test
    void neighboursThatAreGivenBackBecomeOne() throws LoadException {
        Processor.Range first = space.put(new byte[64]);
        Processor.Range second = space.put(new byte[64]);
        Processor.Range third = space.put(new byte[128]);
        space.free(first);
        space.free(third);
        space.free(second);
        assertThat(space.put(new byte[256]).size()).isEqualTo(256);
    }

    @Test
    void clearedRangeHoldsNoCode() throws LoadException {
        Processor.Range range = space.put(new byte[64]);
        space.clear(range);
        assertThat(MemorySegment.ofArray(memory).asSlice(range.offset(), range.size()).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0xcc);
    }
}
