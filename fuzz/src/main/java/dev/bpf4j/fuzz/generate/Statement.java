// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

/** What a random program is put together from. */
public enum Statement {
    /** One row that computes, with any operands. */
    COMPUTE,
    /** A register gets a value of interest. */
    CONSTANT,
    /** Two registers get values that are of interest together, then a row computes or branches with them. */
    PAIR,
    /** A load or store. */
    MEMORY,
    /** An atomic access. */
    ATOMIC,
    /** A condition over some statements, with or without others instead. */
    BRANCH,
    /** Some statements a few times. */
    LOOP,
    /** Some statements until a {@code may_goto} ends it. */
    MAY_GOTO,
    /** A jump over some statements. */
    GOTO,
    /** The same through a code pointer. */
    GOTO_INDIRECT,
    /** A call of a function of the program. */
    CALL,
    /** The same, or a helper, through a register. */
    CALL_INDIRECT,
    /** A helper with arguments that fit it, mostly. */
    HELPER,
    /** A kernel function. */
    KFUNC,
    /** Legacy packet access. */
    PACKET,
    /** A wide load that names something. */
    ADDRESS,
    /** An exit before the end. */
    EXIT,
    /** A jump to any place of the function. */
    JUMP_ANYWHERE,
    /** A jump over so much, or back over so much, that distances are at the limits of some machine's short forms. */
    FAR_JUMP,
    /** A tail call, with arguments that fit, mostly. */
    TAIL_CALL,
    /** A helper that calls a function of the program back. */
    CALLBACK,
    /** A lookup, an update or a deletion in a hash table, and an access to what was found. */
    MAP_STATE,
    /** A copy and what is computed from it: rotations, sums, and what only looks like them. */
    SEQUENCE
}
