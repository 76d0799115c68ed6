package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RaisingTest {
    @Test
    void one_waiting_job_wakes_a_pool_at_zero_at_once() {
        assertEquals(
                Decision.scaleTo(1, Reason.Backlog, "1 waiting in 1 queue, one worker for 5: 1"),
                aPool().sees(anEmptyReading().waiting(1)));
    }

    @Test
    void a_held_job_wakes_a_pool_at_zero_because_only_a_worker_gives_it_back() {
        assertEquals(1, aPool().sees(anEmptyReading().held(1)).replicas());
    }

    @Test
    void a_due_job_wakes_a_pool_at_zero_because_only_a_worker_moves_it() {
        assertEquals(
                Decision.scaleTo(1, Reason.Backlog, "2 due in 1 queue, one worker for 5: 1"),
                aPool().sees(anEmptyReading().due(2)));
    }

    @Test
    void the_message_has_the_figures_and_the_rule() {
        assertEquals(
                Decision.scaleTo(3, Reason.Backlog, "12 waiting and 3 held in 2 queues, one worker for 5: 3"),
                aPool().sees(anEmptyReading().waiting(12).held(3).andAnEmptyQueue("late")));
    }

    @Test
    void what_runs_and_is_held_needs_its_workers_however_short_the_queue_is() {
        assertEquals(
                Decision.scaleTo(5, Reason.Running, "8 running and 1 held, 2 a worker: 5"),
                aPool().ofSize(4).sees(anEmptyReading().running(8).held(1)));
    }

    @Test
    void a_job_that_may_be_counted_as_held_and_as_running_raises_only_once() {
        assertEquals(
                Decision.scaleTo(4, Reason.Running, "8 running, 2 a worker: 4"),
                aPool().ofSize(3).sees(anEmptyReading().running(8).held(8).whereHeldMayRun()));
    }

    @Test
    void jobs_in_a_paused_queue_need_no_worker_and_are_told_of() {
        assertEquals(
                Decision.scaleTo(
                        0, Reason.Idle, "nothing waiting, held, due or running; 9 in paused queues need no worker"),
                aPool().sees(anEmptyReading().waiting(7).due(2).paused()));
    }

    @Test
    void never_more_than_maxReplicas() {
        assertEquals(
                Decision.scaleTo(
                        10,
                        Reason.MaxReplicas,
                        "400 waiting in 1 queue, one worker for 5: 80; never more than 10 (maxReplicas)"),
                aPool().sees(anEmptyReading().waiting(400)));
    }

    @Test
    void never_fewer_than_minReplicas() {
        assertEquals(
                Decision.scaleTo(
                        2,
                        Reason.MinReplicas,
                        "nothing waiting, held, due or running; never fewer than 2 (minReplicas)"),
                aPool().between(2, 10).sees(anEmptyReading()));
    }

    @Test
    void a_backlog_beyond_all_measure_asks_for_maxReplicas() {
        assertEquals(
                10, aPool().sees(anEmptyReading().waiting(Long.MAX_VALUE / 4)).replicas());
    }

    @Test
    void an_idle_pool_at_zero_stays_there() {
        assertEquals(
                Decision.scaleTo(0, Reason.Idle, "nothing waiting, held, due or running"),
                aPool().sees(anEmptyReading()));
    }

    @Test
    void the_operator_raises_from_its_first_reading_on() {
        assertEquals(
                4,
                aPool().ofSize(1).restarted().sees(anEmptyReading().waiting(20)).replicas());
    }
}
