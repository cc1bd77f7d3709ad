// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.data;

/**
 * A test of the public suite. r1 is the memory's address or 0, r2 its length. The arrays are not to be changed.
 *
 * @param name        the file's name without its suffix
 * @param code        the program, little-endian, 8 bytes per slot
 * @param memory      the memory in r1; empty if the test has none
 * @param expectation how it must end
 */
public record DataCase(String name, byte[] code, byte[] memory, Expectation expectation) {

    /** How a test must end. */
    public sealed interface Expectation {}

    /** The program returns this value. */
    public record Result(long r0) implements Expectation {}

    /**
     * The program is rejected, or ends with an error.
     *
     * @param message what a plugin must print then; empty if anything will do
     */
    public record Failure(String message) implements Expectation {}
}
