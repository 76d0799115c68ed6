package dev.workerpool.scaling;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.dsl.TheoryBuilder;

/** What holds whatever a pool lives through. */
class DeciderProperties {
    private static final int EXAMPLES = 10_000;

    /** No rule shows itself in too few of the generated cases to be called tried. */
    private static final int ENOUGH = 100;

    @Test
    void a_decision_that_is_no_hold_stays_within_the_bounds() {
        forAll(Scripts.any()).check(script -> {
            var decision = script.play().decided();
            var scaling = script.scaling();
            var within = decision.replicas() >= scaling.min() && decision.replicas() <= scaling.max();
            return decision.hold() || within;
        });
    }

    @Test
    void a_hold_keeps_the_present_size_or_minReplicas() {
        forAll(Scripts.any()).check(script -> {
            var decision = script.play().decided();
            var live = script.last().size();
            return !decision.hold()
                    || decision.replicas() == Math.max(live, script.scaling().min());
        });
    }

    @Test
    void more_waiting_jobs_never_ask_for_fewer_workers() {
        qt().withExamples(EXAMPLES)
                .forAll(Scripts.any(), integers().between(0, 80))
                .check((script, more) -> {
                    var last = script.last();
                    var busier = script.withLast(last.waiting(last.waiting() + more));
                    return script.play().decided().replicas()
                            <= busier.play().decided().replicas();
                });
    }

    @Test
    void an_unknown_figure_never_lowers() {
        var seen = new AtomicInteger();
        forAll(Scripts.any()).check(script -> {
            if (script.last().kind() == Script.Kind.KNOWN) {
                return true;
            }
            seen.incrementAndGet();
            return script.play().decided().replicas() >= script.last().size();
        });
        assertTrue(seen.get() > ENOUGH, "seen: " + seen);
    }

    @Test
    void nothing_is_lowered_before_a_full_minute_has_been_watched() {
        var seen = new AtomicInteger();
        forAll(Scripts.any()).check(script -> {
            var end = script.play();
            if (end.history().fullWindow()) {
                return true;
            }
            seen.incrementAndGet();
            return end.decided().replicas() >= script.last().size();
        });
        assertTrue(seen.get() > ENOUGH, "seen: " + seen);
    }

    @Test
    void a_known_pool_is_never_smaller_than_what_runs_needs() {
        forAll(Scripts.any()).check(script -> {
            var last = script.last();
            var told = last.kind() == Script.Kind.KNOWN && !script.reports();
            var needed = Math.ceilDiv(last.running(), script.settings().concurrency());
            return !told
                    || script.play().decided().replicas()
                            >= Math.min(needed, script.scaling().max());
        });
    }

    @Test
    void the_last_worker_goes_only_by_proof() {
        var seen = new AtomicInteger();
        forAll(Scripts.endingIdle()).check(script -> {
            var decision = script.play().decided();
            if (script.last().size() == 0 || decision.replicas() > 0) {
                return true;
            }
            seen.incrementAndGet();
            var idle = script.trailing();
            var reports = idle.stream().skip(1).filter(Script.Step::spoken).count();
            return script.scaling().min() == 0
                    && decision.reason() == Reason.Idle
                    && idle.size() >= 3
                    && script.idleFor().compareTo(script.scaling().idleAfter()) >= 0
                    && (reports >= 2 || !script.reports());
        });
        assertTrue(seen.get() > ENOUGH, "seen: " + seen);
    }

    @Test
    void any_job_keeps_at_least_one_worker() {
        forAll(Scripts.any()).check(script -> {
            var last = script.last();
            var some = last.kind() == Script.Kind.KNOWN && last.waiting() + last.held() + last.due() > 0;
            return !some || script.play().decided().replicas() >= 1;
        });
    }

    @Test
    void the_same_inputs_give_the_same_decision() {
        forAll(Scripts.any()).check(script -> script.play().equals(script.play()));
    }

    private static TheoryBuilder<Script> forAll(Gen<Script> scripts) {
        return qt().withExamples(EXAMPLES).forAll(scripts);
    }
}
