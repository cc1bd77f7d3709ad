// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.runtime.helper.HelperManual;
import dev.bpf4j.runtime.map.MapHeader;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages say what the code does. */
final class DocumentsTest {
    private static final Pattern FIELD = Pattern.compile("(?m)^\\| (\\d+) \\| `([A-Z0-9_]+)` \\|");

    @Test
    void pageOfHelpersIsThatOfTheTable() {
        Golden.check(Golden.repository("docs/helpers.md"), HelperManual.page());
    }

    @Test
    void pageOfGuestMemoryHasTheOffsetsOfTheHeader() throws IOException, IllegalAccessException {
        Map<String, Integer> written = new TreeMap<>();
        Matcher matcher = FIELD.matcher(Files.readString(Golden.repository("docs/guest-memory.md")));
        while (matcher.find()) {
            written.put(matcher.group(2), Integer.parseInt(matcher.group(1)));
        }
        Map<String, Integer> known = new TreeMap<>();
        for (Field field : MapHeader.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                known.put(field.getName(), field.getInt(null));
            }
        }
        assertThat(written).isEqualTo(known);
    }

    @Test
    void pageOfGuestMemoryHasTheAddresses() throws IOException {
        String page = Files.readString(Golden.repository("docs/guest-memory.md"));
        for (long address : new long[] {GuestLayout.LANE_BASE, GuestLayout.MAP_BASE, GuestLayout.SYSTEM_BASE, GuestLayout.HANDLE_BASE,
            GuestLayout.CODE_BASE, GuestLayout.CONTEXT, GuestLayout.PACKET, GuestLayout.LANE_CELLS, GuestLayout.SCRATCH,
            GuestLayout.STACK_TOP,
            GuestLayout.SYSTEM_BASE + (long) GuestLayout.MAX_MAPS * GuestLayout.MAP_HEADER, GuestLayout.MAP_END - 1, GuestLayout.SYSTEM_END
                    - 1,
            GuestLayout.HANDLE_BASE - GuestLayout.SYSTEM_BASE}) {
            String hex = String.format("%08x", address);
            assertThat(page).contains(hex.substring(0, 4) + "_" + hex.substring(4));
        }
    }
}
