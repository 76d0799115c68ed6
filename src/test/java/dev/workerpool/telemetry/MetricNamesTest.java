package dev.workerpool.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.Reason;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.scaling.StartUp;
import dev.workerpool.scaling.Totals;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts, dashboard and documentation speak of the metrics that there are. */
class MetricNamesTest {
    private static final Path CHART = Path.of("helm/workerpool-operator/files");
    private static final Pattern NAME = Pattern.compile("\\bworkerpool_[a-z_]+\\b");
    private static final Pattern SAMPLE = Pattern.compile("^(workerpool_[a-z_]+)", Pattern.MULTILINE);
    private static final PoolKey MAIL = new PoolKey("shop", "mail");
    private static final Decision DECISION = Decision.scaleTo(2, Reason.Backlog, "20 waiting");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PoolMetrics pools = new PoolMetrics(registry, Clock.systemUTC());
    private final BrokerMetrics brokers = new BrokerMetrics(registry);

    @Test
    void every_metric_of_the_alerts_exists() throws IOException {
        assertExist(named(CHART.resolve("alerts.yaml")));
    }

    @Test
    void every_metric_of_the_dashboard_exists() throws IOException {
        assertExist(named(CHART.resolve("dashboard.json")));
    }

    @Test
    void the_documentation_lists_all_metrics_and_no_others() throws IOException {
        assertEquals(existing(), named(Path.of("docs/operating.md")));
    }

    @Test
    void what_is_gone_is_no_longer_shown() {
        existing();
        pools.gone(MAIL);
        brokers.clear();
        assertEquals(Set.of("workerpool_leader"), names(SAMPLE, registry.scrape()));
    }

    @Test
    void a_pool_is_shown_with_what_was_seen_last_and_what_was_told_last() {
        pools.told(MAIL, Map.of("Ready", "True"));
        pools.observed(MAIL, sighting());
        pools.told(MAIL, Map.of("Ready", "False", "ScalingActive", "True"));
        String scraped = registry.scrape();
        assertEquals("2.0", sample(scraped, "workerpool_desired_replicas{namespace=\"shop\",pool=\"mail\"}"));
        assertEquals("NaN", sample(scraped, "workerpool_max_replicas{namespace=\"shop\",pool=\"mail\"}"));
        String condition = "workerpool_pool_condition{condition=\"%s\",namespace=\"shop\",pool=\"mail\"}";
        assertEquals("0.0", sample(scraped, condition.formatted("Ready")));
        assertEquals("1.0", sample(scraped, condition.formatted("ScalingActive")));
        assertEquals("NaN", sample(scraped, condition.formatted("Stalled")));
    }

    private static String sample(String scraped, String series) {
        return scraped.lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .findAny()
                .orElse("no " + series);
    }

    private void assertExist(Set<String> used) {
        assertFalse(used.isEmpty());
        Set<String> missing = new TreeSet<>(used);
        missing.removeAll(existing());
        assertEquals(Set.of(), missing);
    }

    private static Set<String> named(Path file) throws IOException {
        return names(NAME, Files.readString(file));
    }

    private Set<String> existing() {
        LeaderMetric.register(registry, () -> true);
        pools.observed(MAIL, sighting());
        pools.told(MAIL, Map.of("Ready", "True"));
        pools.scaled(MAIL, DECISION);
        brokers.told("shop", "jobs", Map.of("Ready", "False"), Map.of());
        return names(SAMPLE, registry.scrape());
    }

    private static Sighting sighting() {
        Figure none = Figure.of(0);
        return new Sighting(
                new Settings(1, 1, Optional.empty()),
                new Totals(none, none, none, none, Optional.empty()),
                Fleet.none(),
                DECISION,
                StartUp.UNKNOWN);
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
