package dev.workerpool.chart;

import static dev.workerpool.chart.ChartValues.CHART;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.kube.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the chart makes for the Prometheus operator, tried against that operator's own definitions. */
@RealControlPlane
class MonitoringIT {
    private static final Path DEFINITIONS = Path.of("src/test/resources/prometheus-operator");

    @BeforeAll
    static void define(ControlPlane cluster) {
        cluster.kubectl("apply", "--server-side", "-f", DEFINITIONS.toString()).succeeded();
        cluster.kubectl("wait", "--for=condition=Established", "--timeout=30s", "-f", DEFINITIONS.toString())
                .succeeded();
    }

    @AfterAll
    static void leaveNothing(ControlPlane cluster) {
        cluster.kubectl("delete", "-f", DEFINITIONS.toString()).succeeded();
    }

    @Test
    void a_PodMonitor_and_a_PrometheusRule_are_taken_as_they_are(ControlPlane cluster, TestNamespace namespace) {
        String taken = tried(cluster, rendered(cluster, namespace)).succeeded();
        assertTrue(taken.contains("podmonitor.monitoring.coreos.com/workerpool serverside-applied"), taken);
        assertTrue(taken.contains("prometheusrule.monitoring.coreos.com/workerpool serverside-applied"), taken);
    }

    @Test
    void a_field_that_they_do_not_have_would_be_refused(ControlPlane cluster, TestNamespace namespace) {
        String wrong = rendered(cluster, namespace).replace("honorLabels:", "honourLabels:");
        Tool.Result refused = tried(cluster, wrong);
        assertNotEquals(0, refused.exitCode());
        assertTrue(refused.err().contains("honourLabels"), refused.err());
    }

    private static String rendered(ControlPlane cluster, TestNamespace namespace) {
        return cluster.helm(
                        "template",
                        "workerpool",
                        CHART,
                        "--namespace=" + namespace,
                        "--set",
                        ChartValues.monitored(),
                        "--show-only=templates/metrics.yaml")
                .succeeded();
    }

    private static Tool.Result tried(ControlPlane cluster, String manifest) {
        return cluster.kubectlOn(
                manifest, "apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", "-");
    }
}
