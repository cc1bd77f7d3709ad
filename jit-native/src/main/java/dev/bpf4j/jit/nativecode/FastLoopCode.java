// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Loop;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Emits the fast copy of a loop, in front of the ordinary one: the number of certain rounds, its blocks, and its ways out.
 *
 * <p>
 * Structure: the blocks come in the order of the loop, each with a label of its own; jumps inside of the loop go to these, others to ways out
 * that put the fuel right. The latch only counts, if it is known when the loop goes on; behind the last round the ordinary latch decides.
 */
final class FastLoopCode {
    private final Translator<?> translator;
    private final CodeBuffer asm;
    private final LoopTarget target;
    private final FastLoop fast;
    private final Loop loop;
    private final FlowGraph graph;
    /** Labels of its blocks, by the slot of the first instruction. */
    private final Map<Integer, Integer> labels = new HashMap<>();
    /** Labels of the ways out, by the slot that they lead to. */
    private final Map<Integer, Integer> exits = new TreeMap<>();

    FastLoopCode(Translator<?> translator, CodeBuffer asm, LoopTarget target, FastLoop fast) {
        this.translator = translator;
        this.asm = asm;
        this.target = target;
        this.fast = fast;
        this.loop = fast.loop();
        this.graph = fast.graph();
        loop.blocks().forEach(block -> labels.put(graph.block(block).first(), asm.label()));
    }

    /** Whether the access at a slot needs no check. */
    boolean covers(int slot) {
        return fast.covered().get(slot);
    }

    /** Emits all of it; the ordinary copy follows. */
    void emit() {
        int gaveUp = asm.label();
        asm.comment("rounds without checks:");
        target.begin();
        if (fast.trip() != null) {
            target.goesOn(fast.trip(), gaveUp);
        }
        fast.ranges().forEach(range -> target.inside(range.region(), range.first(), range.step(), range.bytes(), range.write(), gaveUp));
        fast.cuts().forEach(cut -> target.within(cut, gaveUp));
        target.start();
        if (fast.bulk() != null) {
            target.bulk(fast.bulk());
        }
        for (int i = 0; i < loop.blocks().size(); i++) {
            block(graph.block(loop.blocks().get(i)), i + 1 < loop.blocks().size() ? loop.blocks().get(i + 1) : -1);
        }
        exits.forEach((slot, label) -> {
            asm.bind(label);
            target.leave();
            asm.jump(translator.label(slot));
        });
        asm.bind(gaveUp);
        target.giveUp();
    }

    private void block(Block block, int next) {
        asm.bind(labelOf(block.first()));
        boolean latch = block.index() == loop.latch();
        int last = block.last().slot();
        int end = latch && fast.trip() != null ? last : block.last().next();
        for (int slot = block.first(); slot < end;) {
            slot += translator.emitAt(slot);
        }
        if (latch && fast.trip() != null) {
            again(last);
        } else if (block.falls() && !latch && (next < 0 || graph.block(next).first() != block.last().next())) {
            asm.jump(labelOf(block.last().next()));
        }
    }

    /** Counts a round, and starts the next one if it is certain. */
    private void again(int latch) {
        asm.jump(translator.useFuel() ^ 1, labelOf(graph.block(loop.head()).first()));
        target.finish();
        asm.jump(translator.label(latch));
    }

    /** A conditional jump of the loop, whose condition the machine has just found out. */
    void branch(int condition, int slot, int to) {
        if (slot == graph.block(loop.latch()).last().slot()) {
            asm.jump(condition ^ 1, labelOf(graph.block(loop.latch()).last().next()));
            again(slot);
        } else {
            asm.jump(condition, labelOf(to));
        }
    }

    /** A jump of the loop. */
    void go(int slot, int to) {
        if (slot == graph.block(loop.latch()).last().slot()) {
            again(slot);
        } else {
            asm.jump(labelOf(to));
        }
    }

    private int labelOf(int slot) {
        Integer inside = labels.get(slot);
        return inside != null ? inside : exits.computeIfAbsent(slot, s -> asm.label());
    }
}
