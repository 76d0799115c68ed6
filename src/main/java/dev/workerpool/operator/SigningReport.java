package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.SigningVerdicts;
import dev.workerpool.status.SigningVerdicts.Progress;
import dev.workerpool.status.Verdict;
import dev.workerpool.tls.SigningPhase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Broker's status says of the signing of messages. */
final class SigningReport {
    private SigningReport() {}

    /**
     * Nothing where nobody asks for it.
     *
     * @param outOfReach pools whose workers somebody else starts
     * @param said of the broker
     */
    static Optional<Verdict> verdict(SigningStanding standing, List<String> outOfReach, List<Verdict> said) {
        return switch (standing) {
            case SigningStanding.NotAsked none -> Optional.empty();
            case SigningStanding.Refused refused ->
                Optional.of(SigningVerdicts.refused(refused.reason(), refused.message()));
            case SigningStanding.Known known ->
                Optional.of(SigningVerdicts.of(
                        new Progress(
                                known.signers().phase().name(),
                                known.signers().phase() == SigningPhase.Enforced,
                                known.behind(),
                                known.waits(),
                                outOfReach),
                        said.stream()
                                .filter(verdict -> verdict.type() == ConditionType.Trusted)
                                .findFirst()));
        };
    }

    /** For the status; what was there stays while a person is waited for. */
    static BrokerStatus.@Nullable Signing shown(Broker broker, SigningStanding standing) {
        return switch (standing) {
            case SigningStanding.NotAsked none -> null;
            case SigningStanding.Refused refused ->
                broker.getStatus() == null ? null : broker.getStatus().signing();
            case SigningStanding.Known known ->
                new BrokerStatus.Signing(
                        known.signers().phase().name(),
                        known.behind().isEmpty() ? null : known.behind(),
                        known.signers().done().isEmpty()
                                ? null
                                : known.signers().done());
        };
    }
}
