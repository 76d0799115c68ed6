package dev.workerpool.story.moving;

import static org.awaitility.Awaitility.await;

import dev.workerpool.testing.jobs.CeleryApp;
import dev.workerpool.testing.jobs.Leaf;
import dev.workerpool.testing.jobs.SidekiqApp;
import dev.workerpool.testing.kube.TestNamespace;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/** A Broker by the URL in one Secret, a Celery and a Sidekiq pool on the node, and jobs for both, twenty a second in all. */
final class Scene implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Pools pools;
    private final Hosted hosted;
    private final Ledger ledger = Ledger.open();
    private final List<Workers> workers = List.of(Workers.celery("mail"), Workers.sidekiq("images"));
    private final List<Flow> flows = new ArrayList<>();

    Scene(KubernetesClient client, TestNamespace namespace, Hosted hosted) {
        this.pools = new Pools(client, namespace.name());
        this.hosted = hosted;
    }

    Hosted hosted() {
        return hosted;
    }

    Pools pools() {
        return pools;
    }

    /** Pools of a plain broker at work. */
    void begin() {
        url(hosted.plainUrl());
        broker("");
        workers.forEach(each -> each.mount(pools.client(), pools.namespace()));
        apps("");
        pools.awaitBroker("jobs", "Ready", is -> "True".equals(is.getStatus()), PATIENCE);
        await("workers").atMost(PATIENCE).until(() -> areReplaced(Map.of()));
        flows.add(Flow.of(new CeleryApp(), "mail", Map.of("CELERY_BROKER_URL", hosted.plainUrl())));
        flows.add(Flow.of(new SidekiqApp(), "images", Map.of("REDIS_URL", hosted.plainUrl())));
        goesOn();
    }

    /** The Secret as a provider writes it. */
    void url(String url) {
        pools.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: hosted-redis}
                stringData: {REDIS_URL: "%s"}
                """.formatted(url));
    }

    void clientCertificate(String name, Leaf leaf) {
        pools.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addToStringData("tls.crt", leaf.certificatePem())
                        .addToStringData("tls.key", leaf.keyPem())
                        .build())
                .inNamespace(pools.namespace())
                .create();
    }

    /** @param more fields of its spec, each begun by a comma */
    void broker(String more) {
        pools.apply("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec: {url: {secretKeyRef: {name: hosted-redis, key: REDIS_URL}}, pollInterval: 1s%s}
                """.formatted(more));
    }

    /** @param environment more of it, as YAML list items */
    void apps(String environment) {
        String all = "{name: LEDGER_URL, value: \"%s\"}%s".formatted(ledger.url(), environment);
        workers.forEach(each -> pools.apply(each.yaml(all)));
    }

    Map<Workers, Set<String>> podNames() {
        Map<Workers, Set<String>> names = new LinkedHashMap<>();
        workers.forEach(each -> names.put(each, each.names(pools.client(), pools.namespace())));
        return names;
    }

    List<String> pods() {
        return podNames().values().stream().flatMap(Set::stream).toList();
    }

    private boolean areReplaced(Map<Workers, Set<String>> old) {
        return workers.stream()
                .allMatch(
                        each -> each.haveReplaced(old.getOrDefault(each, Set.of()), pools.client(), pools.namespace()));
    }

    /** Returns when the last of them is gone and others are in their place; how long that took. */
    Duration rolled(Map<Workers, Set<String>> old, Instant since) {
        await("the roll").atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> areReplaced(old));
        return Duration.between(since, Instant.now());
    }

    /** Each pool does a hundred jobs more. */
    void goesOn() {
        List<Integer> before = tallies().stream().map(Ledger.Tally::done).toList();
        await("a hundred jobs of each pool").atMost(PATIENCE).until(() -> {
            List<Ledger.Tally> now = tallies();
            return now.get(0).done() >= before.get(0) + 100 && now.get(1).done() >= before.get(1) + 100;
        });
    }

    void producersMove() {
        flows.get(0).goesOnBy(new CeleryApp().environmentFor(hosted.redis()));
        flows.get(1).goesOnBy(new SidekiqApp().environmentFor(hosted.redis()));
    }

    /** Between two jobs: what it costs to cut connections under a job is not asked here. */
    void whileQuiet(Runnable cut) {
        flows.forEach(Flow::pause);
        await("quiet")
                .atMost(PATIENCE)
                .until(() ->
                        tallies().stream().allMatch(tally -> tally.lost() == 0) && hosted.hasNothingUnacknowledged());
        cut.run();
        await("the end of the old connections").atMost(PATIENCE).until(hosted::hasNobodyWaiting);
        flows.forEach(Flow::resume);
    }

    /** Nobody is connected to the plain port any more, and nobody can be. */
    void leavesPlain() {
        await("the last plain connection").atMost(PATIENCE).until(() -> hosted.plainClients() == 0);
        hosted.closePlain();
    }

    List<Ledger.Tally> tallies() {
        return flows.stream().map(ledger::of).toList();
    }

    /** Those of them, and when and by whom. */
    List<String> doneTwice() {
        return flows.stream().flatMap(flow -> ledger.twice(flow).stream()).toList();
    }

    /** No more jobs are sent, and those that were are done; as many as are, where some are not. */
    List<Ledger.Tally> end() {
        flows.forEach(Flow::stop);
        try {
            await("the last job")
                    .atMost(PATIENCE)
                    .until(() -> tallies().stream().allMatch(tally -> tally.lost() == 0));
        } catch (ConditionTimeoutException e) {
            // Told by the numbers.
        }
        // What Celery gives again, it gives after its visibility timeout.
        await("nothing unacknowledged").atMost(PATIENCE).until(hosted::hasNothingUnacknowledged);
        flows.forEach(Flow::close);
        return tallies();
    }

    @Override
    public void close() {
        flows.forEach(Flow::close);
        ledger.close();
    }
}
