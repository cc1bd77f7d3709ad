// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.loader.Missing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a survey found out about an object.
 *
 * @param path     relative to the surveyed folder, with {@code /}
 * @param sha256   of the file, in hex
 * @param error    why it does not load; null if it does
 * @param programs its programs
 */
record SurveyedObject(String path, String sha256, @Nullable String error, List<SurveyedProgram> programs) {
    /**
     * A program of a loaded object.
     *
     * @param type    its type, as Linux calls it, in small letters
     * @param network whether this is one of the network types
     * @param error   why no machine takes it; null if one does
     * @param missing what it asks for and does not get
     */
    record SurveyedProgram(String name, String section, String type, boolean network, int slots, @Nullable String error,
            List<Missing> missing) {
        /** Whether a machine takes it. */
        boolean linked() {
            return error == null;
        }

        /** Whether it gets all that it asks for. */
        boolean complete() {
            return linked() && missing.isEmpty();
        }
    }

    /** Whether the loader takes it. */
    boolean loaded() {
        return error == null;
    }
}
