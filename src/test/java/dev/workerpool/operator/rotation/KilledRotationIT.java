package dev.workerpool.operator.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ApiProxy;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.Interceptor.Fate;
import dev.workerpool.testing.kube.MutatingRequest;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * At each write of a rotation one operator dies before it is sent, and the next one after it was committed. The rotation goes on, and nobody
 * is refused. (A status is the same write while it tells of the same step: each start tells anew what was measured.)
 */
@RealControlPlane
@Tag("long")
class KilledRotationIT {
    private static final Pattern IN_A_ROTATION = Pattern.compile(".*/(secrets|brokers|deployments)(/.*|\\?.*)?");
    private static final Pattern OBJECT = Pattern.compile(".*/namespaces/[^/]+/([^?]+).*");
    private static final Pattern HASH = Pattern.compile("-[0-9a-f]{20}");
    private static final Pattern NAME =
            Pattern.compile("\"name\":\"([^\"]+-identity-[0-9a-f]+|[^\"]+-code-[0-9a-f]+)\"");
    private static final Pattern STEP = Pattern.compile("\"step\":\"(\\w+)\"");

    /** One operator after the other, each until its next write. */
    private static final class Line implements AutoCloseable {
        private final String namespace;
        private final ApiProxy proxy;
        private final List<String> deaths = new ArrayList<>();
        private CompletableFuture<PackagedOperator> present = new CompletableFuture<>();
        private final Map<String, Integer> committed = new HashMap<>();
        private final Map<String, Integer> deathsAt = new HashMap<>();
        private boolean dying;

        Line(ControlPlane cluster, TestNamespace namespace) {
            this.namespace = namespace.name();
            this.proxy = cluster.proxyAs("operator-" + namespace, this::decide);
        }

        synchronized void begin() {
            present.complete(launch());
        }

        synchronized void kill() {
            dying = true;
        }

        synchronized void letLive() {
            dying = false;
        }

        synchronized List<String> deaths() {
            return List.copyOf(deaths);
        }

        private synchronized Fate decide(MutatingRequest request) {
            if (!dying || !IN_A_ROTATION.matcher(request.path()).matches()) {
                return new Fate.Pass();
            }
            String object = object(request);
            String write = object + moment(request, object);
            int before = deathsAt.merge(write, 1, Integer::sum) - 1;
            if (before != 0) {
                committed.merge(object, 1, Integer::sum);
            }
            if (before > 1) {
                return new Fate.Pass();
            }
            deaths.add(write + (before == 0 ? " (not sent)" : " (committed)"));
            CompletableFuture<PackagedOperator> dead = present;
            present = new CompletableFuture<>();
            Runnable replace = () -> replace(dead);
            return before == 0 ? new Fate.CutBeforeSending(replace) : new Fate.CutAfterCommit(replace);
        }

        private static String object(MutatingRequest request) {
            Matcher matcher = OBJECT.matcher(request.path());
            String name = request.method().equals("POST")
                    ? NAME.matcher(request.body())
                            .results()
                            .map(found -> found.group(1))
                            .findFirst()
                            .orElse("")
                    : "";
            String path = (matcher.matches() ? matcher.group(1) : request.path()) + (name.isEmpty() ? "" : "/" + name);
            return request.method() + " " + HASH.matcher(path).replaceAll("-…");
        }

        /** Which of several writes of one object it is. */
        private String moment(MutatingRequest request, String object) {
            Matcher step = STEP.matcher(request.body());
            return request.path().contains("/status") && step.find()
                    ? " " + step.group(1)
                    : " " + (committed.getOrDefault(object, 0) + 1);
        }

        private void replace(CompletableFuture<PackagedOperator> dead) {
            dead.join().kill();
            dead.join().close();
            synchronized (this) {
                present.complete(launch());
            }
        }

        private PackagedOperator launch() {
            return PackagedOperator.launch(proxy.kubeconfig(), "--namespace=" + namespace, "--no-leader-election");
        }

        @Override
        public void close() {
            letLive();
            present.thenAccept(PackagedOperator::close).join();
            proxy.close();
        }
    }

    @Test
    void killed_at_each_write_of_a_rotation_the_next_operator_goes_on(ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        try (Certified stage = Certified.withWebApp(pools);
                Line operators = new Line(cluster, namespace)) {
            stage.create();
            operators.begin();
            stage.awaitSettled("");
            String before = stage.authority().orElseThrow().sha256();
            stage.watch();

            operators.kill();
            stage.rotate("authority-1");
            try {
                stage.awaitSettled("authority-1", Duration.ofMinutes(20));
            } finally {
                operators.deaths().forEach(System.out::println);
            }
            operators.letLive();

            System.out.printf(
                    "%d deaths; %d connections, %d refused; steps %s%n",
                    operators.deaths().size(),
                    stage.connections(),
                    stage.refused().size(),
                    stage.steps());
            assertTrue(!before.equals(stage.authority().orElseThrow().sha256()), "another authority");
            assertEquals(List.of(), stage.refused());
            assertEquals(List.of(), stage.together(), "one pool after the other");
            assertTrue(
                    operators.deaths().size() >= 16,
                    "deaths: " + operators.deaths().size());
        }
    }
}
