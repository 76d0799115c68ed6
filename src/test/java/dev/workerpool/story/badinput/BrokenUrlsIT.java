package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.BrokenUrls;
import dev.workerpool.story.Stage;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a Secret holds instead of a URL, its Broker says why it is of no use, and nobody repeats what it holds. */
@RealControlPlane
class BrokenUrlsIT {
    private static final int COUNT = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void three_hundred_broken_urls_are_three_hundred_reasons_and_not_one_echo(
            ControlPlane cluster, TestNamespace namespace) {
        List<String> urls = new BrokenUrls(new Random(7))
                .several(COUNT * 3)
                .distinct()
                .limit(COUNT)
                .toList();
        assertEquals(COUNT, urls.size());
        Pools pools = new Pools(cluster.admin(), namespace.name());
        for (int i = 0; i < COUNT; i++) {
            create(pools, "broken-" + i, urls.get(i));
        }
        try (PackagedOperator operator = Stage.operator(cluster, namespace)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> pools.brokersReady().size() == COUNT);
            Map<String, Long> reasons = pools.brokersReady().stream()
                    .collect(Collectors.groupingBy(Condition::getReason, TreeMap::new, Collectors.counting()));
            System.out.println("reasons of " + COUNT + " broken URLs: " + reasons);
            assertTrue(
                    pools.brokersReady().stream().allMatch(ready -> "False".equals(ready.getStatus())),
                    reasons::toString);
            assertTrue(reasons.keySet().equals(Set.of("HostNotFound", "MalformedURL")), reasons::toString);

            Stream.of("brokers", "events")
                    .map(kind -> cluster.kubectl(
                                    "get", kind, "--namespace=" + namespace, "-o", "yaml", "--show-managed-fields")
                            .succeeded())
                    .forEach(BrokenUrlsIT::quotesNothing);
            quotesNothing(operator.metrics());
            quotesNothing(operator.log());
            assertFalse(operator.log().contains("\tat "), operator::log);
            assertTrue(operator.isReady());
        }
    }

    private static void quotesNothing(String text) {
        assertFalse(text.isBlank());
        assertFalse(BrokenUrls.tells(text), "a part of a password is told");
    }

    private static void create(Pools pools, String name, String url) {
        pools.create("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %1$s}
                data: {url: "%2$s"}
                ---
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: %1$s}
                spec: {url: {secretKeyRef: {name: %1$s, key: url}}}
                """.formatted(name, Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8))));
    }
}
