// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.doctor;

import java.util.Locale;

/**
 * The result of a check.
 *
 * @param name   what was looked for
 * @param status how it went
 * @param found  what there is, or why there is nothing
 * @param tried  what was done to find out
 * @param use    what it is for
 * @param remedy how to get it; empty if it is there
 */
record Check(String name, Status status, String found, String tried, String use, String remedy) {
    /** How a check went. */
    enum Status {
        /** It is there. */
        OK,
        /** It is not there, and something cannot be done without it. */
        MISSING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String name, String found, String tried, String use) {
        return new Check(name, Status.OK, found, tried, use, "");
    }

    static Check missing(String name, String found, String tried, String use, String remedy) {
        return new Check(name, Status.MISSING, found, tried, use, remedy);
    }
}
