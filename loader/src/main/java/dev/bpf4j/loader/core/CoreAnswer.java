// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.core;

import org.jspecify.annotations.Nullable;

/**
 * What became of a CO-RE relocation.
 *
 * @param question      the type and path, for people
 * @param original      the value that the compiler must have put into the instruction
 * @param checked       whether the original value has to be there (for bitfields the compiler may choose another)
 * @param value         the target's value
 * @param originalBytes size of the field that is accessed, in the object's types; 0 if that does not matter
 * @param valueBytes    the same in the target's types
 * @param resizable     whether an access may be given the target's size: pointers, and integers without sign
 * @param missing       why the target has no value; null if it has
 */
public record CoreAnswer(String question, long original, boolean checked, long value, int originalBytes, int valueBytes, boolean resizable,
        @Nullable String missing) {}
