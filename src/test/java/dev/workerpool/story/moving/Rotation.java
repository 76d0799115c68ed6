package dev.workerpool.story.moving;

import static org.awaitility.Awaitility.await;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.Certificates;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Client certificates that the operator issues; whom the server takes follows the Secret {@code jobs-client-ca}, as by a sidecar. */
final class Rotation implements AutoCloseable {
    private final Pools pools;
    private final Hosted hosted;
    private final ScheduledExecutorService sidecar = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> following;
    private String taken = "";
    private long failed;
    private volatile long tried;

    Rotation(Pools pools, Hosted hosted) {
        this.pools = pools;
        this.hosted = hosted;
        this.following = sidecar.scheduleWithFixedDelay(this::follow, 0, 300, TimeUnit.MILLISECONDS);
    }

    /** What a person asks for by the annotation. */
    synchronized void ask(String value) {
        failed = hosted.failedHandshakes();
        pools.rotate("jobs", value);
    }

    /** Returns when one authority is in use and trusted, alone. */
    void isSettled(String rotated) {
        await("settled after " + rotated)
                .atMost(Scene.PATIENCE)
                .until(() -> authority()
                        .filter(is -> is.step().equals("Stable")
                                && Objects.requireNonNullElse(is.rotated(), "").equals(rotated))
                        .isPresent());
    }

    String sha256() {
        return authority().orElseThrow().sha256();
    }

    private Optional<BrokerStatus.ClientAuthority> authority() {
        return Optional.ofNullable(pools.broker("jobs").getStatus()).map(BrokerStatus::clientAuthority);
    }

    /** How often the operator was refused while it tried whether the server takes the next authority's certificates by now. */
    long tried() {
        return tried;
    }

    private synchronized void follow() {
        Secret published = pools.client()
                .secrets()
                .inNamespace(pools.namespace())
                .withName("jobs-client-ca")
                .get();
        if (published == null) {
            return;
        }
        String now = new String(Base64.getDecoder().decode(published.getData().get("ca.crt")), StandardCharsets.UTF_8);
        if (now.equals(taken)) {
            return;
        }
        hosted.redis().takeClientsOf(now);
        taken = now;
        long refused = hosted.failedHandshakes();
        // Nobody has one of the next authority yet but the operator, for its try.
        if (Certificates.parse(now).certificates().size() > 1) {
            tried += refused - failed;
        }
        failed = refused;
    }

    @Override
    public void close() {
        following.cancel(false);
        sidecar.shutdownNow();
    }
}
