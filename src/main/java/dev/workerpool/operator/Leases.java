package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** What a candidate writes into the Lease, and reads from it. The times in it are for people. */
record Leases(OperatorConfig.Lease config, Clock clock) {

    Lease first() {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(config.namespace())
                .withName(config.name())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(config.identity())
                .withLeaseDurationSeconds(seconds(config.duration()))
                .withAcquireTime(now())
                .withRenewTime(now())
                .withLeaseTransitions(0)
                .endSpec()
                .build();
    }

    Lease taken(Lease from) {
        int transitions = spec(from).map(LeaseSpec::getLeaseTransitions).orElse(0);
        return new LeaseBuilder(from)
                .withSpec(first().getSpec())
                .editSpec()
                .withLeaseTransitions(transitions + 1)
                .endSpec()
                .build();
    }

    Lease renewed(Lease held) {
        return new LeaseBuilder(held).editSpec().withRenewTime(now()).endSpec().build();
    }

    /** Nobody's, for whoever looks next. */
    Lease released(Lease held) {
        return new LeaseBuilder(held)
                .editSpec()
                .withHolderIdentity("")
                .withLeaseDurationSeconds(1)
                .withRenewTime(now())
                .endSpec()
                .build();
    }

    boolean isMine(Lease lease) {
        return spec(lease)
                .filter(spec -> config.identity().equals(spec.getHolderIdentity()))
                .isPresent();
    }

    boolean isFree(Lease lease) {
        return spec(lease)
                .map(LeaseSpec::getHolderIdentity)
                .filter(holder -> !holder.isEmpty())
                .isEmpty();
    }

    /** How long its holder relies on it without renewing it. */
    Duration duration(Lease lease) {
        return spec(lease)
                .map(LeaseSpec::getLeaseDurationSeconds)
                .map(Duration::ofSeconds)
                .orElse(config.duration());
    }

    private static Optional<LeaseSpec> spec(Lease lease) {
        return Optional.ofNullable(lease.getSpec());
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.toSeconds()));
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(ZoneOffset.UTC);
    }
}
