// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks, loops and liveness of small programs. */
class FlowGraphTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private Functions functions(String text) throws LoadException {
        return Functions.of(bench.link(text));
    }

    /** First slot of each block and those of its successors. */
    private static String shape(FlowGraph graph) {
        return graph.blocks().stream().map(block -> name(block) + block.successors().stream().map(s -> name(graph.blocks().get(s)))
                .toList())
                .collect(Collectors.joining(" "));
    }

    private static String name(Block block) {
        return block.hub() ? "hub" : Integer.toString(block.first());
    }

    private static final String COUNT = """
            r0 = 0
            again: r0 += 2
            r1 += -1
            if r1 != 0 goto again
            exit
            """;

    @Test
    void blocksEndAtJumpsAndStartAtTargets() throws LoadException {
        assertThat(shape(functions(COUNT).graphs().getFirst())).isEqualTo("0[1] 1[4, 1] 4[]");
    }

    @Test
    void whatCannotBeReachedIsNotThere() throws LoadException {
        Functions functions = functions("r0 = 1\ngoto end\nr0 = 2\nr0 = 3\nend: exit");
        assertThat(shape(functions.graphs().getFirst())).isEqualTo("0[4] 4[]");
        assertThat(functions.graphs().getFirst().blockAt(2)).isEqualTo(-1);
    }

    @Test
    void eachFunctionHasItsGraph() throws LoadException {
        Functions functions = functions("call twice\nexit\ntwice: r0 = r1\nr0 += r0\nexit");
        assertThat(functions.graphs().stream().limit(2).map(FlowGraphTest::shape)).containsExactly("0[]", "2[]");
        assertThatThrownBy(() -> FlowGraph.of(functions.steps(), 1)).isInstanceOf(IllegalArgumentException.class).hasMessage(
                "no function starts at slot 1");
    }

    @Test
    void simpleLoopsAreFound() throws LoadException {
        Functions functions = functions(COUNT);
        FlowGraph graph = functions.graphs().getFirst();
        List<Loop> loops = Loops.of(functions.steps(), graph);
        assertThat(loops).containsExactly(new Loop(1, 1, List.of(1)));
        Induction.Trip trip = Objects.requireNonNull(Induction.of(graph, loops.getFirst()).trip());
        assertThat(trip.value().step()).isEqualTo(-1);
        assertThat(trip.limit()).isEqualTo(Linear.of(0));
    }

    @Test
    void loopsWithTwoEntriesOrCallsAreNoSimpleOnes() throws LoadException {
        Functions twoEntries = functions("""
                r0 = 0
                if r2 == 0 goto inside
                again: r0 += 2
                inside: r1 += -1
                if r1 != 0 goto again
                exit
                """);
        assertThat(Loops.of(twoEntries.steps(), twoEntries.graphs().getFirst())).isEmpty();
        Functions calls = functions("r6 = 9\nagain: call 900\nr6 += -1\nif r6 != 0 goto again\nexit");
        assertThat(Loops.of(calls.steps(), calls.graphs().getFirst())).isEmpty();
    }

    @Test
    void onlyWhatIsReadLives() throws LoadException {
        LinkedProgram program = bench.link("r3 = r1\nw4 = w2\nr3 += r4\nr0 = r3\nexit");
        Functions functions = Functions.of(program);
        Liveness plain = Liveness.of(functions, false);
        assertThat(plain.liveIn(0)).isEqualTo(Halves.full(1) | Halves.low(2));
        Block block = functions.graphs().getFirst().blocks().getFirst();
        assertThat(plain.liveAfter(0, block)).containsExactly(Halves.full(3) | Halves.low(2), Halves.full(3) | Halves.full(4), Halves
                .full(3), Halves.full(0), Halves.NONE);
    }

    @Test
    void whoReadsAtTheExitKeepsAlive() throws LoadException {
        Functions functions = functions("exit");
        assertThat(Liveness.of(functions, false).liveIn(0)).isEqualTo(Halves.full(0));
        assertThat(Liveness.of(functions, true).liveIn(0)).isEqualTo(Halves.range(0, 9));
    }
}
