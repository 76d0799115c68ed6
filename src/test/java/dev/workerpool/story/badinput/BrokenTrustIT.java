package dev.workerpool.story.badinput;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.story.Stage;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.PackagedOperator;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.BrokenChains;
import dev.workerpool.tls.BrokenPems;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a bundle holds and whatever a server presents, its Broker says why it is not trusted, in words that can be shown. */
@RealControlPlane
class BrokenTrustIT {
    private static final int BUNDLES = 450;
    private static final int CHAINS = 250;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String BROKER = """
            apiVersion: workerpool.dev/v1alpha1
            kind: Broker
            metadata: {name: %s}
            spec:
              url: {value: "rediss://localhost:%d/0"}
              tls: {%s, trust: {source: Bundle, bundle: {%s: {name: bundles, key: %s}}}}
            """;

    /** What would move a terminal's cursor, or change how a line is read. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}&&[^\n]]");

    @Test
    void seven_hundred_broken_bundles_and_chains_are_seven_hundred_reasons(
            ControlPlane cluster, TestNamespace namespace) {
        Pools pools = new Pools(cluster.admin(), namespace.name());
        BrokenChains chains = new BrokenChains(new Random(7), Instant.now());
        Map<String, List<X509Certificate>> presented = IntStream.range(0, CHAINS)
                .mapToObj("chain-%d.example"::formatted)
                .collect(Collectors.toMap(name -> name, chains::next));
        Map<String, String> bundles = bundles();
        keep(pools, bundles, Certificates.pem(List.of(chains.authority())));
        try (Presenter presenter = Presenter.of(presented, chains.key());
                RedisServer redis = RedisServer.start(RedisOptions.tls(PrivateCa.create()));
                PackagedOperator operator = Stage.operator(cluster, namespace)) {
            create(
                    pools,
                    Stream.concat(
                            bundles.keySet().stream()
                                    .map(name ->
                                            BROKER.formatted(name, redis.port(), "verify: Full", kind(name), name)),
                            presented.keySet().stream()
                                    .map(name -> BROKER.formatted(
                                            name,
                                            presenter.port(),
                                            "serverName: " + name,
                                            "configMapKeyRef",
                                            "authority"))));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    // Where the machine is too busy for an answer in time, it is asked again.
                    .until(() -> pools.brokersReady().stream()
                                    .filter(ready -> !"TimedOut".equals(ready.getReason()))
                                    .count()
                            == BUNDLES + CHAINS);
            Map<String, Long> reasons = pools.brokersReady().stream()
                    .collect(Collectors.groupingBy(Condition::getReason, TreeMap::new, Collectors.counting()));
            System.out.println(
                    "reasons of " + BUNDLES + " broken bundles and " + CHAINS + " broken chains: " + reasons);
            assertTrue(
                    pools.brokersReady().stream().allMatch(ready -> "False".equals(ready.getStatus())),
                    reasons::toString);
            assertEquals(
                    Set.of(
                            "BundleUnreadable",
                            "CertificateExpired",
                            "CertificateNameMismatch",
                            "CertificateNotTrusted"),
                    reasons.keySet());
            assertEquals(List.of(), presenter.believed(), "nobody has completed a handshake");
            pools.brokersReady()
                    .forEach(ready ->
                            assertFalse(CONTROL.matcher(ready.getMessage()).find(), ready::getMessage));
            quotesNothing(cluster, namespace, operator, bundles.values());
            assertTrue(operator.isReady());
        }
    }

    private static void create(Pools pools, Stream<String> brokers) {
        try (ExecutorService several = Executors.newFixedThreadPool(8)) {
            brokers.forEach(broker -> several.execute(() -> pools.create(broker)));
        }
    }

    /** Of an authority that is not the server's: those that can still be read are of no more use. */
    private static Map<String, String> bundles() {
        PrivateCa other = PrivateCa.create();
        List<String> texts = new BrokenPems(
                        new Random(7), other.pem() + other.leaf().certificatePem())
                .several()
                .distinct()
                .limit(BUNDLES)
                .toList();
        return IntStream.range(0, BUNDLES)
                .boxed()
                .collect(Collectors.toMap("bundle-%d"::formatted, texts::get, (one, two) -> one, TreeMap::new));
    }

    /** Half of them each. */
    private static String kind(String bundle) {
        return bundle.hashCode() % 2 == 0 ? "configMapKeyRef" : "secretKeyRef";
    }

    private static void keep(Pools pools, Map<String, String> bundles, String authority) {
        pools.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("bundles")
                        .endMetadata()
                        .addToData("authority", authority)
                        .addToData(of("configMapKeyRef", bundles))
                        .build())
                .inNamespace(pools.namespace())
                .create();
        pools.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("bundles")
                        .endMetadata()
                        .addToStringData(of("secretKeyRef", bundles))
                        .build())
                .inNamespace(pools.namespace())
                .create();
    }

    private static Map<String, String> of(String kind, Map<String, String> bundles) {
        return bundles.entrySet().stream()
                .filter(bundle -> kind(bundle.getKey()).equals(kind))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void quotesNothing(
            ControlPlane cluster, TestNamespace namespace, PackagedOperator operator, Iterable<String> bundles) {
        String told = Stream.of("brokers", "events")
                        .map(kind -> cluster.kubectl("get", kind, "--namespace=" + namespace, "-o", "yaml")
                                .succeeded())
                        .collect(Collectors.joining())
                + operator.metrics()
                + operator.log();
        assertFalse(operator.log().contains("\tat "), operator::log);
        for (String bundle : bundles) {
            bundle.lines()
                    .map(String::strip)
                    .filter(line -> line.length() > 30 && !line.startsWith("-----"))
                    .forEach(line -> assertFalse(told.contains(line), line));
        }
        assertTrue(told.contains("BundleUnreadable"));
    }
}
