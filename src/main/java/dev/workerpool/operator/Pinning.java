package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Presented;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Verification;
import dev.workerpool.desired.PinSecret;
import dev.workerpool.operator.ConnectionSource.Resolution;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.tls.FirstUse;
import dev.workerpool.tls.FirstUse.Decision;
import dev.workerpool.tls.Pin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Trust on first use: which authority a Broker's server is known by, looked at, decided and kept before any login is said to it. */
final class Pinning {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BrokerClient client;
    private final Pins pins;

    Pinning(BrokerClient client, Pins pins) {
        this.client = client;
        this.pins = pins;
    }

    /** What came of it. */
    sealed interface Outcome {
        /** Connections are to be verified by this authority alone. */
        record Trusting(Connection connection, BrokerStatus.Pinned pinned) implements Outcome {}

        /** A condition's reason and message. */
        record Refused(String reason, String message) implements Outcome {}

        /** The server showed no certificate. */
        record Unseen(Probe.Failed failed) implements Outcome {}
    }

    Outcome pin(Broker broker, Resolution.ToPin asked) {
        FirstUse known = new FirstUse(pins.of(broker), recorded(broker));
        Optional<Decision> unseen = isInDoubt(broker) ? Optional.empty() : known.unseen(asked.terms());
        if (unseen.isPresent()) {
            return outcome(broker, asked, unseen.get());
        }
        return switch (client.present(asked.connection(), PATIENCE)) {
            case Presented.Nothing nothing -> new Outcome.Unseen(nothing.failed());
            case Presented.Chain chain -> outcome(broker, asked, known.seen(asked.terms(), chain.certificates()));
        };
    }

    private Outcome outcome(Broker broker, Resolution.ToPin asked, Decision decision) {
        return switch (decision) {
            case Decision.Known known -> trusting(asked.connection(), known.pin());
            case Decision.Pinned pinned ->
                pins.keep(broker, pinned.pin())
                        ? trusting(asked.connection(), pinned.pin())
                        : new Outcome.Refused(
                                "NameConflict",
                                "Secret " + PinSecret.name(broker)
                                        + " exists and is not the operator's: rename or delete it");
            case Decision.Refused refused -> new Outcome.Refused(refused.reason(), refused.message());
        };
    }

    private static Outcome trusting(Connection connection, Pin pin) {
        Verification asked = connection.verification();
        return new Outcome.Trusting(
                connection.trusting(
                        new Verification(asked.extent(), asked.serverName(), List.of(pin.authority()), asked.beside())),
                new BrokerStatus.Pinned(pin.place(), pin.subject(), pin.sha256()));
    }

    private static Optional<FirstUse.Recorded> recorded(Broker broker) {
        return Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::pinned)
                .map(pinned -> new FirstUse.Recorded(pinned.endpoint(), pinned.sha256()));
    }

    /** What was refused is looked at each time, so that it is told what the server presents now. */
    private static boolean isInDoubt(Broker broker) {
        return Optional.ofNullable(broker.getStatus())
                .flatMap(status -> ConditionList.find(status.conditions(), ConditionType.Trusted))
                .filter(trusted -> "False".equals(trusted.getStatus()))
                .isPresent();
    }
}
