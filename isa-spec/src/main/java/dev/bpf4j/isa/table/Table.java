// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One table as it stands in a file, before expansion: the skeleton that all kinds of tables share.
 *
 * <pre>
 * table NAME for VARIABLE in VALUE … for …
 *   KEY            text            header line, for every row
 *   KEY[CONDITION] text            header line, for the expansions where the condition holds
 *   let            NAME = text     definition of an expression, with or without condition
 *   text           NAME text       definition of characters, with or without condition
 * | column | column |             names of the columns
 * | cell   | cell   |             one row
 * </pre>
 *
 * @param position where the table starts
 * @param name     its name
 * @param loops    variables, each row is expanded for all combinations of their values
 * @param headers  header lines in order, by their keys; without the definitions
 * @param lets     definitions of expressions, in order
 * @param texts    definitions of characters, in order
 * @param columns  the columns' places in a row, by their names
 * @param rows     the rows, each as long as {@code columns}
 */
record Table(Position position, String name, List<Loop> loops, Map<String, List<Header>> headers, List<Definition> lets,
        List<Definition> texts, Map<String, Integer> columns, List<Row> rows) {

    /** A variable and its values. */
    record Loop(Text variable, List<Text> values) {}

    /**
     * A header line.
     *
     * @param key       its first word
     * @param condition text between brackets; null if there is none
     * @param body      the rest of the line
     */
    record Header(Text key, @Nullable Text condition, Text body) {}

    /**
     * A name that a header line defines.
     *
     * @param condition text between brackets; null if there is none
     * @param name      what it is called
     * @param value     what it stands for
     */
    record Definition(@Nullable Text condition, Text name, Text value) {}

    /** A row: its cells in the order of the columns. */
    record Row(Position position, List<Text> cells) {}

    /** A cell of a row; null if there is no such column. */
    @Nullable
    Text cell(Row row, String column) {
        Integer place = columns.get(column);
        return place == null ? null : row.cells().get(place);
    }

    /** Header lines with a key, in order. */
    List<Header> headers(String key) {
        return headers.getOrDefault(key, List.of());
    }
}
