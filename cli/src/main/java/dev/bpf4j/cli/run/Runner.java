// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.Progress;
import dev.bpf4j.cli.capture.CaptureException;
import dev.bpf4j.conformance.linux.RunRefused;
import dev.bpf4j.runtime.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feeds inputs to one or more guests in step. The first guest is the one that others are compared with; the comparison ends the run at the
 * first difference. A guest that refuses an input (the kernel takes no packet shorter than an Ethernet header) is out from there on, since its
 * maps are no longer what the others' are. For one thread.
 */
final class Runner {
    /** Inputs that are kept for measuring. */
    private static final int MOST_KEPT = 1024;

    private final List<Guest> guests;
    private final long waiting;
    private final List<Tally> tallies = new ArrayList<>();
    private final List<Input> kept = new ArrayList<>();
    private final @Nullable String[] retired;
    private long runs;
    private @Nullable Disagreement disagreement;
    private @Nullable String broken;

    /** Sees every run of the first guest. */
    @FunctionalInterface
    interface Watcher {
        /**
         * A run is over.
         *
         * @param run  its number, from 1
         * @param seen what came of it
         */
        void ran(long run, Input input, Observation seen) throws IOException;
    }

    /**
     * Gets ready.
     *
     * @param guests  at least one
     * @param waiting how much time passes after the last input, nanoseconds
     */
    Runner(List<Guest> guests, long waiting) {
        this.waiting = waiting;
        this.guests = List.copyOf(guests);
        this.retired = new String[guests.size()];
        this.guests.forEach(guest -> tallies.add(new Tally(guest.engine().name(), guest.setup().program().type())));
    }

    /**
     * Runs on all inputs. A capture that is damaged somewhere ends there, and {@link #broken} says so.
     *
     * @throws IOException if an input cannot be read, or the watcher cannot write
     */
    void run(Feed feed, Watcher watcher, Progress progress) throws IOException {
        for (Input input = next(feed); input != null && disagreement == null; input = next(feed)) {
            runs++;
            if (kept.size() < MOST_KEPT) {
                kept.add(input);
            }
            Observation reference = null;
            int from = 0;
            for (int i = 0; i < guests.size(); i++) {
                Observation seen = observe(i, input);
                if (seen == null) {
                    continue;
                }
                if (reference == null) {
                    reference = seen;
                    from = i;
                } else if (disagreement == null) {
                    disagreement = disagreement(runs, from, i, reference.difference(seen));
                }
            }
            if (reference != null) {
                watcher.ran(runs, input, reference);
            }
            progress.reached(feed.position());
        }
        if (disagreement == null && waiting > 0) {
            letTimePass();
        }
        if (disagreement == null) {
            compareMaps();
        }
    }

    private @Nullable Input next(Feed feed) throws IOException {
        try {
            return feed.next();
        } catch (CaptureException e) {
            broken = e.getMessage();
            return null;
        }
    }

    /** One guest's run; null if it refuses or has refused before. */
    private @Nullable Observation observe(int index, Input input) {
        if (retired[index] != null) {
            return null;
        }
        try {
            Observation seen = guests.get(index).observe(input);
            tallies.get(index).add(guests.get(index), input, seen);
            return seen;
        } catch (RunRefused e) {
            retired[index] = "run " + runs + " is refused: " + e.refused();
            return null;
        }
    }

    /** Timers are due in every guest at the same times, and must end the same. */
    private void letTimePass() {
        List<Timers.Ran> reference = null;
        int from = 0;
        for (int i = 0; i < guests.size(); i++) {
            if (retired[i] != null) {
                continue;
            }
            List<Timers.Ran> ran = guests.get(i).pass(waiting);
            tallies.get(i).waited(guests.get(i), ran);
            if (reference == null) {
                reference = ran;
                from = i;
            } else if (disagreement == null) {
                disagreement = disagreement(0, from, i, difference(reference, ran));
            }
        }
    }

    private static Observation.@Nullable Difference difference(List<Timers.Ran> first, List<Timers.Ran> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            Timers.Ran one = first.get(i);
            Timers.Ran other = second.get(i);
            if (one.at() != other.at() || !one.outcome().sameAs(other.outcome())) {
                return new Observation.Difference("timer " + (i + 1), one.at() + " ns, " + one.outcome(), other.at() + " ns, " + other
                        .outcome());
            }
        }
        return first.size() == second.size() ? null
                : new Observation.Difference("number of timers", "" + first.size(), "" + second.size());
    }

    private @Nullable Disagreement disagreement(long run, int first, int second, Observation.@Nullable Difference difference) {
        return difference == null ? null
                : new Disagreement(run, guests.get(first).engine().name(), guests.get(second).engine().name(), difference);
    }

    private void compareMaps() {
        List<MapContents> reference = null;
        int from = 0;
        for (int i = 0; i < guests.size() && guests.size() > 1; i++) {
            if (retired[i] != null) {
                continue;
            }
            List<MapContents> maps = MapContents.of(guests.get(i).machine());
            if (reference == null) {
                reference = maps;
                from = i;
            } else if (disagreement == null) {
                disagreement = disagreement(0, from, i, MapContents.difference(reference, maps));
            }
        }
    }

    /** What each guest did. */
    List<Tally> tallies() {
        return List.copyOf(tallies);
    }

    /** How much time passes after the last input, nanoseconds. */
    long waiting() {
        return waiting;
    }

    /** Number of inputs. */
    long runs() {
        return runs;
    }

    /** The first inputs, for measuring. */
    List<Input> kept() {
        return List.copyOf(kept);
    }

    /** Why a guest was left out from some run on; null if it was not. */
    @Nullable
    String retired(int guest) {
        return retired[guest];
    }

    /** The first difference between guests; null if there was none. */
    @Nullable
    Disagreement disagreement() {
        return disagreement;
    }

    /** What is wrong with the capture; null if nothing is. */
    @Nullable
    String broken() {
        return broken;
    }
}
