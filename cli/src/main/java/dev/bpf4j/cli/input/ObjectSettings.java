// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LoadOptions;
import dev.bpf4j.loader.elf.ElfSymbol;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an object leaves to whoever loads it: options of all commands that load objects. */
public final class ObjectSettings {
    @Option(names = "--max-entries", paramLabel = "MAP=N", description = "Capacity of a map, in place of what the object says.") private Map<String, String> capacities = new LinkedHashMap<>();

    @Option(names = "--symbol", paramLabel = "NAME=N", description = "Value of a symbol that the object leaves undefined: a constant, or an address.") private Map<String, String> symbols = new LinkedHashMap<>();

    @Option(names = "--kconfig", paramLabel = "NAME=V", description = "Value of a kernel configuration (extern ... __kconfig): y, n, m, a number, or a string in double quotes.") private Map<String, String> kconfig = new LinkedHashMap<>();

    /**
     * Default options with what was given.
     *
     * @throws UserError if a number is none, or out of range
     */
    public LoadOptions options() {
        Map<String, Integer> entries = new LinkedHashMap<>();
        numbers("--max-entries", capacities, 1, Integer.MAX_VALUE).forEach((map, capacity) -> entries.put(map, capacity.intValue()));
        return LoadOptions.DEFAULT.withKconfig(kconfig).withSymbols(numbers("--symbol", symbols, Long.MIN_VALUE, Long.MAX_VALUE))
                .withMaxEntries(entries);
    }

    /**
     * Checks that an object, loaded with these options, has what they name: a value for nothing is a mistake in the name.
     *
     * @param object null if the programs are not from an object, which leaves nothing open
     * @throws UserError if it does not
     */
    public void check(@Nullable BpfObject object) {
        Set<String> maps = new TreeSet<>();
        Set<String> undefined = new TreeSet<>();
        if (object != null) {
            object.maps().forEach(map -> maps.add(map.definition().name()));
            object.elf().symbols().stream().filter(symbol -> symbol.section() == ElfSymbol.UNDEFINED && !symbol.name().isEmpty()).forEach(
                    symbol -> undefined.add(symbol.name()));
        }
        check("--max-entries", capacities, "map", maps);
        check("--symbol", symbols, "undefined symbol", undefined);
        check("--kconfig", kconfig, "undefined symbol", undefined);
    }

    private static void check(String option, Map<String, String> given, String what, Set<String> known) {
        given.forEach((name, text) -> {
            if (!known.contains(name)) {
                throw new UserError(option + " " + name + "=" + text + ": there is no " + what + " of that name; " + (known.isEmpty()
                        ? "there is none at all"
                        : "there is " + String.join(", ", known)));
            }
        });
    }

    private static Map<String, Long> numbers(String option, Map<String, String> texts, long least, long most) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            String range = least == Long.MIN_VALUE ? "a number of 64 bits" : "a number from " + least + " to " + most;
            long number;
            try {
                number = text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.decode(text);
            } catch (NumberFormatException e) {
                throw new UserError(option + " " + name + "=" + text + ": expected " + range, e);
            }
            if (number < least || number > most) {
                throw new UserError(option + " " + name + "=" + text + ": expected " + range);
            }
            numbers.put(name, number);
        });
        return numbers;
    }
}
