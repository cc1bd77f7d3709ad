// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.List;

/**
 * One table as it stands in a file, before expansion: the skeleton that all kinds of tables share.
 *
 * <pre>
 * table NAME for VARIABLE in VALUE … for …
 *   KEY            text            header line, for every row
 *   KEY[CONDITION] text            header line, for the expansions where the condition holds
 * | column | column |             names of the columns
 * | cell   | cell   |             one row
 * </pre>
 *
 * @param position where the table starts
 * @param name     its name
 * @param loops    variables, each row is expanded for all combinations of their values
 * @param headers  header lines in order
 * @param columns  column names in order
 * @param rows     the rows, each as long as {@code columns}
 */
record Table(Position position, String name, List<Loop> loops, List<Header> headers, List<Text> columns, List<Row> rows) {

    /** A variable and its values. */
    record Loop(String variable, List<String> values) {}

    /**
     * A header line.
     *
     * @param key       its first word
     * @param condition text between brackets; null if there is none
     * @param body      the rest of the line
     */
    record Header(Text key, @org.jspecify.annotations.Nullable Text condition, Text body) {}

    /** A row: its cells in the order of the columns. */
    record Row(Position position, List<Text> cells) {}
}
