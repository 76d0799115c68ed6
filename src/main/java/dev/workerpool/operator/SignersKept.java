package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.desired.Labels;
import dev.workerpool.desired.SignersSecret;
import dev.workerpool.tls.Signers;
import dev.workerpool.tls.SigningPhase;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/**
 * What is to be thought of the Secret with the keys that sign a Broker's messages: whoever could put another in its place would have
 * workers take theirs.
 */
sealed interface SignersKept {
    /** There is none, and there never was. */
    record Nothing() implements SignersKept {}

    record Here(Secret secret, Signers signers) implements SignersKept {}

    /** A condition's reason and message. */
    record Doubtful(String reason, String message) implements SignersKept {}

    static SignersKept of(Broker broker, Optional<Secret> live) {
        String name = SignersSecret.name(broker);
        if (live.isEmpty()) {
            return isRecorded(broker)
                    ? new Doubtful(
                            "SigningKeysMissing",
                            ("the Secret %s with the keys that sign messages has gone: put it back from a backup; pools and clients go on "
                                            + "with what they have")
                                    .formatted(name))
                    : new Nothing();
        }
        Secret secret = live.get();
        if (!SignersSecret.isOurs(broker.getMetadata().getName(), secret)) {
            return new Doubtful(
                    "NameConflict", "Secret " + name + " exists and is not the operator's: rename or delete it");
        }
        if (!SignersSecret.wasMadeFor(broker, secret)
                && !secret.getMetadata().getUid().equals(Labels.annotation(broker, Labels.ACCEPT_SIGNING_KEYS))) {
            return new Doubtful(
                    "SigningKeysFound",
                    ("the Secret %s with keys that sign messages is of another Broker of this name, made before: where those keys are to be "
                                    + "used, kubectl annotate broker %s %s=%s; otherwise delete it")
                            .formatted(
                                    name,
                                    broker.getMetadata().getName(),
                                    Labels.ACCEPT_SIGNING_KEYS,
                                    secret.getMetadata().getUid()));
        }
        return SignersSecret.read(secret)
                .<SignersKept>map(signers -> new Here(secret, signers))
                .orElseGet(() -> new Doubtful(
                        "SigningKeysUnreadable",
                        "the Secret %s with the keys that sign messages cannot be read: put it back from a backup"
                                .formatted(name)));
    }

    private static boolean isRecorded(Broker broker) {
        return Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::signing)
                .filter(shown -> !SigningPhase.Off.name().equals(shown.phase()))
                .isPresent();
    }
}
