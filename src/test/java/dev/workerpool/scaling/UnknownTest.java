package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AReading.noAnswer;
import static dev.workerpool.scaling.AWatchedPool.aBusyPoolOf;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnknownTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final AReading OUTAGE = noAnswer("nothing listens at redis:6379");

    @Test
    void without_a_broker_the_size_stays_and_the_reason_is_told() {
        assertEquals(
                Decision.hold(
                        6,
                        Reason.BrokerUnavailable,
                        "the broker is not available, the size stays at 6: nothing listens at redis:6379"),
                aBusyPoolOf(6).passes(AN_HOUR, OUTAGE));
    }

    @Test
    void without_a_broker_there_are_still_minReplicas() {
        assertEquals(2, aPool().between(2, 10).sees(OUTAGE).replicas());
    }

    @Test
    void without_a_broker_even_a_lowered_maxReplicas_waits() {
        assertEquals(6, aBusyPoolOf(6).between(0, 3).sees(OUTAGE).replicas());
    }

    @Test
    void without_a_broker_a_pool_at_zero_stays_there() {
        assertEquals(0, aPool().sees(OUTAGE).replicas());
    }

    @Test
    void a_queue_that_cannot_be_read_lowers_nothing() {
        assertEquals(
                Decision.hold(
                        6,
                        Reason.BacklogUnknown,
                        "the size stays at 6: what waits in queue mail is unknown: the key holds a hash"),
                aBusyPoolOf(6).passes(AN_HOUR, anEmptyReading().waitingUnknown("the key holds a hash")));
    }

    @Test
    void a_queue_that_cannot_be_read_is_told_of_at_the_least_size_too() {
        var unreadable = anEmptyReading().waitingUnknown("the key holds a hash");
        assertEquals(
                Decision.hold(
                        0,
                        Reason.BacklogUnknown,
                        "the size stays at 0: what waits in queue mail is unknown: the key holds a hash"),
                aPool().passes(AN_HOUR, unreadable));
        var atLeastTwo = aPool().between(2, 10);
        assertEquals(Reason.MinReplicas, atLeastTwo.sees(unreadable).reason());
        assertEquals(
                Reason.BacklogUnknown, atLeastTwo.ofSize(2).sees(unreadable).reason());
    }

    @Test
    void what_runs_and_cannot_be_counted_matters_only_where_fewer_would_do() {
        var reading = anEmptyReading().runningUnknown("the key holds a list").waiting(30);
        assertEquals(Reason.Backlog, aPool().ofSize(6).sees(reading).reason());
    }

    @Test
    void what_is_known_raises_whatever_else_is_unknown() {
        var reading = anEmptyReading().waitingUnknown("the key holds a hash").due(30);
        assertEquals(6, aPool().ofSize(2).sees(reading).replicas());
    }

    @Test
    void running_that_cannot_be_counted_lowers_nothing() {
        assertEquals(
                Decision.hold(
                        6, Reason.RunningUnknown, "the size stays at 6: what runs is unknown: the key holds a list"),
                aBusyPoolOf(6).passes(AN_HOUR, anEmptyReading().runningUnknown("the key holds a list")));
    }

    @Test
    void where_nobody_tells_what_runs_nothing_is_lowered_while_a_worker_lives() {
        var decision = aBusyPoolOf(6).passes(AN_HOUR, anEmptyReading().untold("no running keys are given"));
        assertEquals(Reason.RunningUnknown, decision.reason());
        assertEquals(6, decision.replicas());
    }

    @Test
    void where_nobody_tells_what_runs_a_backlog_still_raises() {
        var reading = anEmptyReading().untold("no running keys are given").waiting(30);
        assertEquals(6, aPool().ofSize(2).sees(reading).replicas());
    }

    @Test
    void where_no_worker_lives_nothing_runs() {
        assertEquals(
                Reason.Idle,
                aPool().sees(anEmptyReading().untold("no running keys are given"))
                        .reason());
    }

    @Test
    void an_unknown_moment_recommends_the_size_it_had() {
        var pool = aBusyPoolOf(6);
        pool.passes(AN_HOUR, anEmptyReading());
        pool.sees(OUTAGE);
        pool.later(Duration.ofSeconds(1));
        assertEquals(6, pool.passes(Duration.ofSeconds(59), anEmptyReading()).replicas());
        assertEquals(3, pool.passes(Duration.ofSeconds(1), anEmptyReading()).replicas());
    }

    @Test
    void a_moment_with_an_unknown_figure_recommends_the_size_it_had_too() {
        var pool = aBusyPoolOf(6);
        pool.passes(AN_HOUR, anEmptyReading());
        pool.sees(anEmptyReading().runningUnknown("wrong type"));
        pool.later(Duration.ofSeconds(1));
        assertEquals(6, pool.passes(Duration.ofSeconds(59), anEmptyReading()).replicas());
    }

    @Test
    void an_answer_of_long_ago_is_none() {
        var pool = aBusyPoolOf(6);
        var old = anEmptyReading().at(pool.now());
        for (var minute = 0; minute < 11; minute++) {
            pool.sees(old);
            pool.later(Duration.ofMinutes(1));
        }
        assertEquals(Reason.BrokerUnavailable, pool.sees(old).reason());
    }
}
