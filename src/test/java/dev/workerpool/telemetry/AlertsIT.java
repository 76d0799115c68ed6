package dev.workerpool.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.Finished;
import dev.workerpool.testing.jobs.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts of the chart, tried by Prometheus' own tool: each fires where it must, and only there. */
class AlertsIT {
    private static final Path ALERTS = Path.of("helm/workerpool-operator/files/alerts.yaml");
    private static final Path TESTS = Path.of("src/test/resources/alerts/alerts_test.yaml");

    @Test
    void each_alert_fires_where_it_must_and_only_there(@TempDir Path folder) throws IOException, InterruptedException {
        Files.copy(ALERTS, folder.resolve("alerts.yaml"));
        Files.copy(TESTS, folder.resolve("alerts_test.yaml"));
        assertEquals("", promtool(folder, "check", "rules", "--lint=all", "--lint-fatal", "alerts.yaml"));
        assertEquals("", promtool(folder, "test", "rules", "alerts_test.yaml"));
    }

    /** What it complains of; nothing where it ends well. */
    private static String promtool(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Needed.onPath("promtool", "apt-get install prometheus").toString()));
        command.addAll(List.of(arguments));
        Finished finished = Finished.in(folder, command.toArray(String[]::new));
        return finished.status() == 0 ? "" : finished.said();
    }
}
