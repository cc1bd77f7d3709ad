// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.runtime.map.MapHeader;
import dev.bpf4j.runtime.map.Maps;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the layout's constants into the text of a routine, where they stand by name in braces. */
final class RoutineText {
    private static final Pattern NAME = Pattern.compile("\\{([a-z0-9_]+)}");
    /** The name of what depends on the order of the programs: 1 or 0. */
    private static final String BIG_ENDIAN = "big_endian";
    private static final Map<String, Long> CONSTANTS = constants();

    private RoutineText() {
    }

    private static Map<String, Long> constants() {
        Map<String, Long> all = new LinkedHashMap<>(MapHeader.constants());
        long handles = (long) GuestLayout.MAX_MAPS * GuestLayout.MAP_HEADER;
        int shift = Long.numberOfTrailingZeros(handles);
        if (Long.bitCount(handles) != 1 || GuestLayout.HANDLE_BASE % handles != 0 || Long.bitCount(GuestLayout.MAP_HEADER) != 1) {
            throw new IllegalStateException("map handles must be an aligned range, so that a shift and a mask tell them");
        }
        all.put("handle_shift", (long) shift);
        all.put("handle_base", GuestLayout.HANDLE_BASE >>> shift);
        all.put("handle_mask", GuestLayout.MAP_HEADER - 1L);
        all.put("no_map", (long) Maps.NO_MAP);
        all.put("cell_clock", (long) GuestLayout.CELL_CLOCK);
        all.put("cell_clock_step", (long) GuestLayout.CELL_CLOCK_STEP);
        all.put("cell_random", (long) GuestLayout.CELL_RANDOM);
        all.put("cell_cpu", (long) GuestLayout.CELL_CPU);
        return all;
    }

    /**
     * The text with numbers for names.
     *
     * @param file  for the message
     * @param order byte order of the programs that will call it: {@code big_endian} is 1 or 0
     * @throws IllegalStateException if a name is not known
     */
    static String expand(String file, String text, ByteOrder order) {
        return NAME.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            Long value = CONSTANTS.get(name);
            if (name.equals(BIG_ENDIAN)) {
                value = order == ByteOrder.BIG_ENDIAN ? 1L : 0L;
            }
            if (value == null) {
                throw new IllegalStateException(file + ": there is no constant " + match.group());
            }
            return Matcher.quoteReplacement(Long.toString(value));
        });
    }
}
