package dev.workerpool.operator;

import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Scaling;
import dev.workerpool.api.WorkerPool;
import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.api.WorkerPoolStatus.DecisionStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.desired.PoolParser;
import dev.workerpool.desired.PoolSettings;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.History;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Observation;
import dev.workerpool.scaling.Reason;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final PoolKey KEY = new PoolKey("shop", "mail");
    private static final int LIVE = 1;

    @Test
    void a_size_that_is_not_in_force_is_news() {
        assertTrue(isNews(shown(2, "False"), 2));
    }

    @Test
    void what_is_in_force_and_shown_is_none() {
        assertFalse(isNews(shown(LIVE, "False"), LIVE));
    }

    @Test
    void a_size_that_is_shown_but_could_not_be_written_is_none() {
        assertFalse(isNews(shown(2, "True"), 2));
    }

    @Test
    void another_decision_for_a_pool_that_is_stuck_is_news() {
        assertTrue(isNews(shown(2, "True"), 3));
    }

    @Test
    void whatever_is_decided_for_a_pool_that_nothing_was_told_of_is_news() {
        assertTrue(isNews(null, LIVE));
    }

    private static boolean isNews(@Nullable WorkerPoolStatus shown, int decided) {
        WorkerPool pool = aWorkerPool()
                .withScaling(new Scaling(Scaling.Mode.Active, 0, 9, new Scaling.Target(1), "5m"))
                .build();
        pool.setStatus(shown);
        PoolSettings settings = assertInstanceOf(PoolSettings.Parsed.Valid.class, PoolParser.parse(pool))
                .settings();
        PoolMonitor.View view = new PoolMonitor.View(
                settings,
                new Observation(NOW, new Fleet(LIVE, LIVE, List.of()), new Measurement.Unavailable(NOW, "not asked")),
                History.begin(NOW),
                Decision.scaleTo(decided, Reason.Backlog, "so many wait"),
                true);
        return new News(key -> Optional.of(pool).filter(found -> key.equals(KEY)), Clock.fixed(NOW, ZoneOffset.UTC))
                .test(KEY, view);
    }

    private static WorkerPoolStatus shown(int replicas, String stalled) {
        return new WorkerPoolStatus(
                1L,
                LIVE,
                LIVE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                new DecisionStatus(replicas, "Backlog", "so many wait", NOW.toString()),
                null,
                List.of(
                        new ConditionBuilder()
                                .withType("Stalled")
                                .withStatus(stalled)
                                .build(),
                        new ConditionBuilder()
                                .withType("QueuesConsumed")
                                .withStatus("Unknown")
                                .build()));
    }
}
