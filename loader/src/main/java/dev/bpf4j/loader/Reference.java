// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.runtime.MapDefinition;

/** What a relocation in code means. */
sealed interface Reference {
    /** The handle of a map. */
    record Handle(MapDefinition map) implements Reference {
        @Override
        public String toString() {
            return "map " + map.name();
        }
    }

    /** An address in the value of a one-element array. */
    record Value(MapDefinition map, int offset) implements Reference {
        @Override
        public String toString() {
            return "map " + map.name() + " value+0x" + Integer.toHexString(offset);
        }
    }

    /** A function of this object. */
    record Code(CodeFunction function) implements Reference {
        @Override
        public String toString() {
            return "function " + function.name();
        }
    }

    /** A number known now. */
    record Constant(long value, String why) implements Reference {
        @Override
        public String toString() {
            return "constant 0x" + Long.toHexString(value) + " (" + why + ")";
        }
    }

    /** A kernel function. */
    record Kfunc(String name, int id, boolean weak) implements Reference {
        @Override
        public String toString() {
            return (weak ? "weak " : "") + "kfunc " + name;
        }
    }

    /** Nothing that is known; the reason is for people. */
    record Missing(String reason) implements Reference {
        @Override
        public String toString() {
            return "unresolved: " + reason;
        }
    }
}
