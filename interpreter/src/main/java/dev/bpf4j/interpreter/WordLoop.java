// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/**
 * A generated loop over words; see {@code dev.bpf4j.isa.gen.InterpreterGenerator} for the state's layout.
 *
 * <p>
 * Problem: the compiler removes the checks of a memory access only if it knows the segment as a constant, but each guest space has one of its
 * own. So a loop's class is defined again for every space, as a hidden class whose class data is the segment. Spaces are reused, so there are as
 * many such classes as machines live at the same time.
 */
interface WordLoop {
    /**
     * Runs words until the chunk of budget is used up or a word is the driver's.
     *
     * @param state what to start with; not changed
     * @param code  the words; hints in them are corrected
     * @return the state afterwards, in a new array
     */
    long[] run(long[] state, long[] code);

    /** Defines a loop's class for a guest space. */
    static WordLoop define(String name, MemorySegment memory) {
        try (InputStream file = WordLoop.class.getResourceAsStream(name + ".class")) {
            if (file == null) {
                throw new IllegalStateException("the class " + name + " is missing in the jar");
            }
            Class<?> loop = MethodHandles.lookup().defineHiddenClassWithClassData(file.readAllBytes(), memory, true).lookupClass();
            return (WordLoop) loop.getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot define the loop " + name, e);
        }
    }

    /** The guest space that a loop's class was defined for. */
    static MemorySegment memory(MethodHandles.Lookup loop) {
        try {
            return MethodHandles.classData(loop, ConstantDescs.DEFAULT_NAME, MemorySegment.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
