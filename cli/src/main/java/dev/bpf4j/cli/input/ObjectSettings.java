// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.loader.LoadOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What an object leaves to whoever loads it: options of all commands that load objects. */
public final class ObjectSettings {
    @Option(names = "--max-entries", paramLabel = "MAP=N", description = "Capacity of a map, in place of what the object says.") private Map<String, String> capacities = new LinkedHashMap<>();

    @Option(names = "--symbol", paramLabel = "NAME=N", description = "Value of a symbol that the object leaves undefined: a constant, or an address.") private Map<String, String> symbols = new LinkedHashMap<>();

    @Option(names = "--kconfig", paramLabel = "NAME=V", description = "Value of a kernel configuration (extern ... __kconfig): y, n, m, a number, or a string in double quotes.") private Map<String, String> kconfig = new LinkedHashMap<>();

    /**
     * Default options with what was given.
     *
     * @throws UserError if a number is none
     */
    public LoadOptions options() {
        return LoadOptions.DEFAULT.withKconfig(kconfig).withSymbols(numbers("--symbol", symbols, Long::decode)).withMaxEntries(numbers(
                "--max-entries", capacities, Integer::decode));
    }

    private static <T> Map<String, T> numbers(String option, Map<String, String> texts, Function<String, T> parse) {
        Map<String, T> numbers = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            try {
                numbers.put(name, parse.apply(text));
            } catch (NumberFormatException e) {
                throw new UserError(option + " " + name + "=" + text + ": expected a number", e);
            }
        });
        return numbers;
    }
}
