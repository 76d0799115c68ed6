package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds while the size follows the decisions. */
class OverTimeProperties {
    private static final int EXAMPLES = 10_000;
    private static final int APART = 10;
    private static final int STEPS_OF_A_MINUTE = 60 / APART;

    @Test
    void a_constant_load_does_not_swing() {
        var lowered = new AtomicInteger();
        qt().withExamples(EXAMPLES).forAll(Scripts.any(), Scripts.known()).check((pool, load) -> {
            var sizes = following(pool, List.of(load), Math.max(1, load.size()), 90);
            if (sizes.getLast() < sizes.getFirst()) {
                lowered.incrementAndGet();
            }
            return risesAtMostOnceAndFirst(sizes) && sizes.getLast().equals(sizes.get(sizes.size() - 12));
        });
        assertTrue(lowered.get() > 100, "lowered: " + lowered);
    }

    @Test
    void at_most_half_goes_in_a_minute_whatever_the_load_does() {
        qt().withExamples(EXAMPLES).forAll(Scripts.any()).check(pool -> {
            var sizes = following(pool, pool.steps(), pool.scaling().max(), 24);
            return IntStream.range(0, sizes.size()).allMatch(now -> leavesHalf(sizes, now));
        });
    }

    /** The sizes, one each ten seconds, under these loads again and again. */
    private static List<Integer> following(Script pool, List<Script.Step> loads, int first, int steps) {
        var sizes = new ArrayList<Integer>();
        var moment = pool.begin();
        var size = first;
        for (var step = 0; step < steps; step++) {
            sizes.add(size);
            moment = pool.play(
                    moment, loads.get(step % loads.size()).later(APART).ofSize(size));
            size = moment.decided().replicas();
        }
        return sizes;
    }

    private static boolean risesAtMostOnceAndFirst(List<Integer> sizes) {
        return IntStream.range(2, sizes.size()).allMatch(now -> sizes.get(now) <= sizes.get(now - 1));
    }

    private static boolean leavesHalf(List<Integer> sizes, int now) {
        var largest = sizes.subList(Math.max(0, now - STEPS_OF_A_MINUTE), now + 1).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        return sizes.get(now) >= largest - Math.max(1, largest / 2);
    }
}
