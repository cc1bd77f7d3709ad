// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

/**
 * A function in a code section. Compared by identity: two symbols on one address are two functions.
 */
final class CodeFunction {
    private final String name;
    private final CodeSection section;
    private final int slot;
    private final int slots;
    private final boolean local;

    /**
     * @param slot  first slot in its section
     * @param slots its length
     * @param local whether its symbol is seen in this object only (a {@code static} function)
     */
    CodeFunction(String name, CodeSection section, int slot, int slots, boolean local) {
        this.name = name;
        this.section = section;
        this.slot = slot;
        this.slots = slots;
        this.local = local;
    }

    String name() {
        return name;
    }

    CodeSection section() {
        return section;
    }

    int slot() {
        return slot;
    }

    int slots() {
        return slots;
    }

    boolean local() {
        return local;
    }

    @Override
    public String toString() {
        return name + " (" + section.name() + "+0x" + Integer.toHexString(slot * Slots.SIZE) + ")";
    }
}
