package dev.workerpool.operator.rotation;

import static org.awaitility.Awaitility.await;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.testing.builders.APool;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.jobs.TlsCaller;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.Certificates;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A Redis that takes certified clients only, and whom it takes follows the Secret {@code jobs-client-ca} as by a sidecar; a Broker at
 * which the operator issues, its pools, and a client that connects anew all the time with the identity that a pool's Deployment names.
 */
final class Certified implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final PrivateCa CA = PrivateCa.create();
    private static final List<String> POOLS = List.of("mail", "reports");

    private final Pools pools;
    private final Held held;
    private final RedisServer redis;
    private final TlsCaller caller;
    private final CertifiedWeb web;
    private final Clockwork clockwork = new Clockwork();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Set<String> steps = new LinkedHashSet<>();
    private final List<String> together = new CopyOnWriteArrayList<>();
    private String published = "";
    private String clients = "[]";

    /** Nobody but pools. */
    static Certified ofPools(Pools pools) {
        return new Certified(pools);
    }

    /** With somebody's web app beside the pools. */
    static Certified withWebApp(Pools pools) {
        Certified stage = new Certified(pools);
        stage.clockwork.every(200, stage.web::look);
        stage.clients = "[{name: web}]";
        return stage;
    }

    private Certified(Pools pools) {
        this.pools = pools;
        this.held = new Held(pools);
        this.redis = RedisServer.start(RedisOptions.tls(CA).withClientCertificatesRequired());
        this.caller = new TlsCaller(
                redis.port(), Certificates.parse(CA.pem()).certificates().getFirst());
        this.web = new CertifiedWeb(pools);
        clockwork.every(300, this::follow);
    }

    /** With an authority that the operator makes. */
    void create() {
        create("{own: {}}");
    }

    /** @param issuer and what else is said of client certificates, in flow style */
    void create(String issuer) {
        pools.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: corp-ca}
                data: {ca.crt: "%s"}
                """.formatted(CA.pem().replace("\n", "\\n")));
        pools.create("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec:
                  url: {value: "%s"}
                  tls:
                    trust: {source: Bundle, bundle: {configMapKeyRef: {name: corp-ca, key: ca.crt}}}
                    clientCertificates: {issuer: %s}
                  clients: %s
                """.formatted(redis.urlWithoutCredentials(), issuer, clients));
        POOLS.forEach(name -> pools.create(APool.named(name)
                .ofFramework("framework: Sidekiq")
                .withWorkers()
                .with("replicas: 2")
                .yaml()));
    }

    /** From now on there is load, and what happens is noted. */
    void watch() {
        clockwork.every(50, this::connect);
        clockwork.every(50, this::look);
    }

    void rotate(String value) {
        pools.rotate("jobs", value);
    }

    /** Every pool runs with an identity of the authority in use, which is the only one that the server takes clients of. */
    void awaitSettled(String rotated) {
        awaitSettled(rotated, PATIENCE);
    }

    void awaitSettled(String rotated, Duration patience) {
        try {
            await("settled after " + rotated)
                    .atMost(patience)
                    .ignoreExceptions()
                    .until(() -> isSettled(rotated));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + pools.broker("jobs").getStatus(), e);
        }
    }

    void awaitAnother(String pool, ClientIdentity than) {
        await("another than " + than)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !identity(pool).sha256().equals(than.sha256()));
    }

    private boolean isSettled(String rotated) {
        BrokerStatus.ClientAuthority authority = authority().orElseThrow();
        List<X509Certificate> trusted =
                Certificates.parse(held.text("jobs-client-ca", "ca.crt")).certificates();
        return authority.step().equals("Stable")
                && rotated.equals(Objects.requireNonNullElse(authority.rotated(), ""))
                && trusted.size() == 1
                && published.equals(held.text("jobs-client-ca", "ca.crt"))
                && (clients.equals("[]") || isOf(web.identity().orElseThrow(), trusted.getFirst()))
                && POOLS.stream()
                        .map(name -> pools.deployment(name).orElseThrow())
                        .allMatch(live -> !rolls(live) && isOf(held.identity(live), trusted.getFirst()));
    }

    /** Issued by that authority itself, or by one that it vouches for and that is presented with it. */
    private static boolean isOf(ClientIdentity identity, X509Certificate root) {
        return identity.chain().getLast().getIssuerX500Principal().equals(root.getSubjectX500Principal());
    }

    CertifiedWeb web() {
        return web;
    }

    Optional<BrokerStatus.ClientAuthority> authority() {
        return Optional.ofNullable(pools.broker("jobs").getStatus()).map(BrokerStatus::clientAuthority);
    }

    /** What a pool's pods are started with. */
    ClientIdentity identity(String pool) {
        return held.identity(pools.deployment(pool).orElseThrow());
    }

    String ping(ClientIdentity identity) {
        return caller.ping(identity);
    }

    int connections() {
        return connections.get();
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    Set<String> steps() {
        synchronized (steps) {
            return new LinkedHashSet<>(steps);
        }
    }

    /** When more than one pool was in a roll-out. */
    List<String> together() {
        return List.copyOf(together);
    }

    private void follow() {
        String now = held.text("jobs-client-ca", "ca.crt");
        if (!now.equals(published)) {
            redis.takeClientsOf(now);
            published = now;
        }
    }

    private void connect() {
        POOLS.forEach(pool -> connect(pool, identity(pool)));
        web.identity().ifPresent(identity -> connect("web", identity));
    }

    private void connect(String name, ClientIdentity as) {
        String answer = caller.ping(as);
        connections.incrementAndGet();
        if (!answer.equals("+PONG")) {
            refused.add(name + ": " + answer);
        }
    }

    private void look() {
        authority().ifPresent(authority -> {
            synchronized (steps) {
                steps.add(authority.step());
            }
        });
        // One answer: of one moment.
        List<String> rolling =
                pools.client().apps().deployments().inNamespace(pools.namespace()).list().getItems().stream()
                        .filter(Certified::rolls)
                        .map((Deployment live) -> live.getMetadata().getName())
                        .filter(POOLS::contains)
                        .toList();
        if (rolling.size() > 1) {
            together.add(String.join(" and ", rolling));
        }
    }

    static boolean rolls(Deployment live) {
        boolean observed =
                live.getMetadata().getGeneration().equals(live.getStatus().getObservedGeneration());
        return !observed
                || live.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("Progressing"))
                        .noneMatch(condition -> condition.getReason().equals("NewReplicaSetAvailable"));
    }

    @Override
    public void close() {
        clockwork.close();
        redis.close();
    }
}
