// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a campaign has done, as it stands in its folder. Places count from the first seed. Not thread-safe. */
final class StoredProgress {
    private static final String HEAD = "bpf4j fuzz campaign 1";
    private static final String GENERATORS = "generators";

    private final CampaignSpec spec;
    /** All places before this one are done. */
    private long prefix;
    /** Ranges behind the prefix that are done: from, to. */
    private final TreeMap<Long, Long> beyond = new TreeMap<>();
    private final TreeSet<Long> deadly = new TreeSet<>();
    private ChunkResult result = ChunkResult.NONE;
    private double seconds;

    StoredProgress(CampaignSpec spec) {
        this.spec = spec;
    }

    /**
     * Reads it.
     *
     * @throws IOException if it is no such text, or belongs to another specification
     */
    static StoredProgress parse(String text, CampaignSpec spec, String place) throws IOException {
        StoredProgress progress = new StoredProgress(spec);
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw new IOException(place + ": expected a campaign's state, which begins with '" + HEAD + "'");
        }
        for (String line : lines.subList(1, lines.size())) {
            int blank = line.indexOf(' ');
            String value = line.substring(blank + 1).strip();
            try {
                progress.line(line.substring(0, Math.max(blank, 0)), value, place);
            } catch (IllegalArgumentException e) {
                throw new IOException(place + ": '" + line + "' cannot be read: " + e.getMessage(), e);
            }
        }
        return progress;
    }

    /** The generators that a campaign's state names; empty if it names none. */
    static Optional<List<String>> generators(String text) {
        return text.lines().filter(line -> line.startsWith(GENERATORS + " ")).findFirst().map(line -> List.of(line.substring(GENERATORS
                .length() + 1).split(WorkerMain.COMMA)));
    }

    private void line(String word, String value, String place) throws IOException {
        switch (word) {
            case "engines" -> same(place, word, value, String.join(",", spec.engines()));
            case GENERATORS -> same(place, word, value, String.join(",", spec.generators()));
            case "seed" -> same(place, word, value, String.valueOf(spec.firstSeed()));
            case "prefix" -> prefix = Long.parseLong(value);
            case "beyond" -> {
                String[] range = value.split("-");
                beyond.put(Long.parseLong(range[0]), Long.parseLong(range[1]));
            }
            case "deadly" -> deadly.add(Long.parseLong(value));
            case "seconds" -> seconds = Double.parseDouble(value);
            case "result" -> result = ChunkResult.parse(value);
            default -> throw new IllegalArgumentException("no such word");
        }
    }

    private static void same(String place, String word, String found, String asked) throws IOException {
        if (!found.equals(asked)) {
            throw new IOException(place + ": the campaign there has " + word + " " + found + ", not " + asked
                    + "; give the same, or another folder");
        }
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD + "\n");
        text.append("engines ").append(String.join(",", spec.engines())).append('\n');
        text.append(GENERATORS).append(' ').append(String.join(",", spec.generators())).append('\n');
        text.append("seed ").append(spec.firstSeed()).append('\n');
        text.append("prefix ").append(prefix).append('\n');
        for (Map.Entry<Long, Long> range : beyond.entrySet()) {
            text.append("beyond ").append(range.getKey()).append('-').append(range.getValue()).append('\n');
        }
        text.append(deadly.stream().map(seed -> "deadly " + seed + "\n").collect(Collectors.joining()));
        text.append("seconds ").append(seconds).append('\n');
        text.append("result ").append(result.line()).append('\n');
        return text.toString();
    }

    /** The first place from one on that is not done. */
    long open(long from) {
        long place = Math.max(from, prefix);
        Map.Entry<Long, Long> range = beyond.floorEntry(place);
        while (range != null && range.getValue() > place) {
            place = range.getValue();
            range = beyond.floorEntry(place);
        }
        return place;
    }

    /** How many places from an open one on are open, at most so many. */
    long room(long from, long most) {
        Long next = beyond.higherKey(from);
        return next == null ? most : Math.min(most, next - from);
    }

    void done(long from, long count, ChunkResult chunk) {
        beyond.put(from, from + count);
        while (!beyond.isEmpty() && beyond.firstKey() <= prefix) {
            prefix = Math.max(prefix, beyond.pollFirstEntry().getValue());
        }
        result = result.plus(chunk);
    }

    void deadly(long seed) {
        deadly.add(seed);
    }

    List<Long> deadly(long first, long count) {
        return List.copyOf(deadly.subSet(first, first + count));
    }

    void took(double more) {
        seconds += more;
    }

    double seconds() {
        return seconds;
    }

    ChunkResult result() {
        return result;
    }
}
