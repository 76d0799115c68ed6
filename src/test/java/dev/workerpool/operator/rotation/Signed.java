package dev.workerpool.operator.rotation;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.operator.Pools;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A Broker with signing, its pools, and somebody's web app, which is restarted whenever the Broker's status names it. By what their Secrets
 * hold it is looked at all the time whether one of them would drop what another sends.
 */
final class Signed implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final PrivateCa CA = PrivateCa.create();
    private static final String WEB = "Deployment/web";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Pools pools;
    private final RedisServer redis = RedisServer.start(RedisOptions.tls(CA));
    private final Clockwork clockwork = new Clockwork();
    private final Map<String, Map<String, String>> immutable = new ConcurrentHashMap<>();
    private final List<String> dropped = new CopyOnWriteArrayList<>();
    private final Set<String> phases = new LinkedHashSet<>();
    private volatile Map<String, String> web = Map.of();
    private volatile boolean starting;
    private int restarts;
    private int looks;

    Signed(Pools pools) {
        this.pools = pools;
    }

    /** What one who runs was started with. */
    private record Held(String name, Map<String, String> files) {
        private Optional<JsonNode> said() {
            return Optional.ofNullable(files.get("signing.json")).map(text -> {
                try {
                    return JSON.readTree(text);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }

        /** Its certificate; empty where it sends unsigned messages. */
        private String signs() {
            return said().filter(json -> json.get("sign").asBoolean())
                    .map(json -> files.get("signing.crt"))
                    .orElse("");
        }

        private boolean takes(String certificate) {
            return certificate.isEmpty()
                    ? said().filter(json -> json.get("require").asBoolean()).isEmpty()
                    : files.entrySet().stream()
                            .anyMatch(file -> file.getKey().startsWith("signer-")
                                    && file.getValue().equals(certificate));
        }
    }

    void create() {
        pools.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: corp-ca}
                data: {ca.crt: "%s"}
                """.formatted(CA.pem().replace("\n", "\\n")));
        broker("signing: {acceptFormer: 1s}");
        clockwork.every(300, this::lookAfterWeb);
        clockwork.every(100, this::look);
        List.of("mail", "reports").forEach(this::pool);
    }

    void broker(String signing) {
        pools.apply("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec:
                  url: {value: "%s"}
                  tls:
                    trust: {source: Bundle, bundle: {configMapKeyRef: {name: corp-ca, key: ca.crt}}}
                  clients: [{name: web}]
                  %s
                """.formatted(redis.urlWithoutCredentials(), signing));
    }

    void pool(String name) {
        pools.create(APool.named(name)
                .ofFramework("framework: Celery", "celery: {app: shop.tasks}")
                .withWorkers()
                .with("replicas: 2")
                .yaml());
    }

    void rotate(String value) {
        pools.rotate("jobs", value);
    }

    /** All run by one key each, and take nothing unsigned. */
    void awaitProtected(String rotated, int signers, Duration patience) {
        try {
            await("protected after " + rotated)
                    .atMost(patience)
                    .ignoreExceptions()
                    .until(() -> pools.brokerCondition("jobs", "Protected")
                                    .filter(is -> is.getReason().equals("SignaturesRequired"))
                                    .isPresent()
                            && rotated.equals(
                                    Objects.requireNonNullElse(signing().rotated(), ""))
                            && signing().waitingFor() == null
                            && held().allMatch(one -> one.files().keySet().stream()
                                            .filter(file -> file.startsWith("signer-"))
                                            .count()
                                    == signers));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + pools.broker("jobs").getStatus()
                            + held().map(one -> "\n" + one.name() + " "
                                            + one.files().keySet())
                                    .collect(Collectors.joining()),
                    e);
        }
    }

    BrokerStatus.Signing signing() {
        return Objects.requireNonNull(pools.broker("jobs").getStatus().signing());
    }

    /** By holder, the certificates by which it would verify. */
    Map<String, Set<String>> stores() {
        return held().collect(Collectors.toMap(
                Held::name,
                one -> one.files().entrySet().stream()
                        .filter(file -> file.getKey().startsWith("signer-"))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.toSet())));
    }

    List<String> dropped() {
        return List.copyOf(dropped);
    }

    Set<String> phases() {
        synchronized (phases) {
            return new LinkedHashSet<>(phases);
        }
    }

    int looks() {
        return looks;
    }

    private Stream<Held> held() {
        Stream<Held> ofPools =
                pools.client().apps().deployments().inNamespace(pools.namespace()).list().getItems().stream()
                        .filter(live -> !live.getMetadata().getName().equals("web"))
                        .map(live -> new Held(live.getMetadata().getName(), files(live)));
        return Stream.concat(ofPools, Stream.of(new Held("web", web)));
    }

    private Map<String, String> files(Deployment live) {
        return live.getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("workerpool-signing"))
                .map((Volume volume) -> volume.getSecret().getSecretName())
                .findFirst()
                .map(name -> immutable.computeIfAbsent(name, this::read))
                .orElse(Map.of());
    }

    private Map<String, String> read(String secret) {
        Secret live = pools.client()
                .secrets()
                .inNamespace(pools.namespace())
                .withName(secret)
                .require();
        Map<String, String> texts = new TreeMap<>();
        live.getData()
                .forEach((key, base64) ->
                        texts.put(key, new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)));
        return texts;
    }

    private void look() {
        List<Held> all = held().toList();
        for (Held sender : all) {
            all.stream()
                    .filter(receiver -> !receiver.takes(sender.signs()))
                    .map(receiver -> sender.name() + " to " + receiver.name() + " in "
                            + signing().phase())
                    .forEach(dropped::add);
        }
        looks++;
        synchronized (phases) {
            phases.add(signing().phase());
        }
    }

    private void lookAfterWeb() {
        Map<String, String> now = read("jobs-web");
        Optional<Deployment> live = pools.deployment("web");
        if (live.isEmpty()) {
            web = now;
            deploy();
        } else if (starting && !Certified.rolls(live.get())) {
            starting = false;
        } else if (!starting && isNamed()) {
            // One that is seen while it rolls may be the old one or the new one: nobody drops what either sends.
            web = now;
            starting = true;
            deploy();
        }
    }

    /** Before a next step, or since its Secret has changed. */
    private boolean isNamed() {
        BrokerStatus status = pools.broker("jobs").getStatus();
        return Stream.concat(
                        Stream.ofNullable(signing().waitingFor()),
                        Objects.requireNonNull(status.clients()).stream()
                                .flatMap(client -> Stream.ofNullable(client.waitingFor())))
                .anyMatch(waitingFor -> waitingFor.contains(WEB));
    }

    private void deploy() {
        pools.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}, annotations: {started: "%d"}}
                    spec:
                      containers:
                      - name: web
                        image: "example.com/web:1"
                        env: [{name: WORKERPOOL_SIGNING, valueFrom: {secretKeyRef: {name: jobs-web, key: signing-file, optional: true}}}]
                        volumeMounts: [{name: jobs, mountPath: /var/run/workerpool/client}]
                      volumes: [{name: jobs, secret: {secretName: jobs-web}}]
                """.formatted(++restarts));
    }

    @Override
    public void close() {
        clockwork.close();
        redis.close();
    }
}
