package dev.workerpool.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Beside.Periodic;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Workers;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeriodicVerdictTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Periodic CRON = new Periodic("sidekiq-cron", true);
    private static final Periodic RQ = new Periodic("rq-scheduler", false);
    private static final Condition SHOWN = new ConditionBuilder()
            .withType("PeriodicJobs")
            .withStatus("False")
            .withReason("OnlyWorkersEnqueue")
            .withMessage("cron")
            .build();

    @Test
    void jobs_that_nobody_would_enqueue_while_the_pool_sleeps_are_told_of() {
        assertEquals("False OnlyWorkersEnqueue", said(read(CRON), 0, Settings.Mode.ACTIVE));
        assertEquals("False OnlyWorkersEnqueue", said(read(RQ, CRON), 0, Settings.Mode.ACTIVE));
    }

    @Test
    void those_of_a_process_of_its_own_are_all_right_as_long_as_it_is_one() {
        assertEquals("True EnqueuedElsewhere", said(read(RQ), 0, Settings.Mode.ACTIVE));
    }

    @Test
    void where_there_are_none_or_the_pool_never_sleeps_nothing_is_said() {
        assertEquals("", said(read(), 0, Settings.Mode.ACTIVE));
        assertEquals("", said(read(CRON), 1, Settings.Mode.ACTIVE));
        assertEquals("", said(read(CRON), 0, Settings.Mode.RECOMMEND));
    }

    @Test
    void during_an_outage_what_was_said_stays() {
        assertEquals(
                "False OnlyWorkersEnqueue", said(new Measurement.Unavailable(NOW, "refused"), 0, Settings.Mode.ACTIVE));
    }

    @Test
    void a_worker_that_runs_once_beside_the_pool_enqueues_while_it_sleeps() {
        var settings = new Settings(
                1, 1, Optional.of(new Settings.Scaling(Settings.Mode.ACTIVE, 0, 9, 3, Duration.ofMinutes(5))));
        assertEquals("True SingletonEnqueues", said(read(CRON), settings, List.of("clock")));
        assertEquals("", said(read(), settings, List.of("clock")));
    }

    private static Measurement read(Periodic... periodic) {
        Figure none = Figure.of(0);
        return new Measurement.Measured(
                NOW, List.of(), new Workers.Counted(none), false, new Beside(none, none, List.of(periodic)));
    }

    private static String said(Measurement measurement, int min, Settings.Mode mode) {
        var settings = new Settings(1, 1, Optional.of(new Settings.Scaling(mode, min, 9, 3, Duration.ofMinutes(5))));
        return said(measurement, settings, List.of());
    }

    private static String said(Measurement measurement, Settings settings, List<String> enqueuers) {
        return PeriodicVerdict.of(measurement, settings, enqueuers, Optional.of(SHOWN))
                .map(verdict -> verdict.status() + " " + verdict.reason())
                .orElse("");
    }
}
