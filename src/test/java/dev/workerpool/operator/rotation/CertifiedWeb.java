package dev.workerpool.operator.rotation;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.ClientStatus;
import dev.workerpool.desired.BrokerSecrets;
import dev.workerpool.testing.operator.Pools;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's web app, which presents what its Secret held when its pod was started, and is restarted when the Broker's status names it: in a
 * rotation once the last step waits for it.
 */
final class CertifiedWeb {
    static final String WORKLOAD = "Deployment/web";

    private final Pools pools;
    private final AtomicReference<@Nullable ClientIdentity> identity = new AtomicReference<>();
    private final AtomicBoolean starting = new AtomicBoolean();
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicInteger waitedForByTheAuthority = new AtomicInteger();

    CertifiedWeb(Pools pools) {
        this.pools = pools;
    }

    /** What its oldest pod presents. */
    Optional<ClientIdentity> identity() {
        return Optional.ofNullable(identity.get());
    }

    /** How often it was restarted as the former authority could not be dropped before. */
    int waitedForByTheAuthority() {
        return waitedForByTheAuthority.get();
    }

    void look() {
        Optional<ClientIdentity> held = Optional.ofNullable(pools.client()
                        .secrets()
                        .inNamespace(pools.namespace())
                        .withName("jobs-web")
                        .get())
                .flatMap((Secret secret) -> BrokerSecrets.identity(secret));
        Optional<Deployment> live = pools.deployment("web");
        if (live.isEmpty()) {
            held.ifPresent(now -> deploy());
        } else if (identity.get() == null || starting.get()) {
            if (!Certified.rolls(live.get())) {
                held.ifPresent(identity::set);
                starting.set(false);
            }
        } else if (!held.equals(identity()) && isToBeRestarted()) {
            starting.set(true);
            deploy();
        }
    }

    private boolean isToBeRestarted() {
        BrokerStatus status = pools.broker("jobs").getStatus();
        boolean named = Optional.ofNullable(status.clients()).orElse(List.of()).stream()
                .map(ClientStatus::waitingFor)
                .anyMatch(waitingFor -> waitingFor != null && waitingFor.contains(WORKLOAD));
        Optional<BrokerStatus.ClientAuthority> authority = Optional.ofNullable(status.clientAuthority());
        boolean rotating = authority.filter(now -> !now.step().equals("Stable")).isPresent();
        boolean awaited = authority
                .map(BrokerStatus.ClientAuthority::waitingFor)
                .filter(waitingFor -> waitingFor.contains(WORKLOAD))
                .isPresent();
        if (awaited) {
            waitedForByTheAuthority.incrementAndGet();
        }
        return rotating ? awaited : named;
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
                      - {name: web, image: "example.com/web:1", volumeMounts: [{name: jobs, mountPath: /var/run/workerpool/client}]}
                      volumes: [{name: jobs, secret: {secretName: jobs-web}}]
                """.formatted(restarts.incrementAndGet()));
    }
}
