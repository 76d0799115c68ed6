package dev.workerpool.operator;

import dev.workerpool.tls.Signers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How far the signing of a Broker's messages is. */
sealed interface SigningStanding {
    /** Nobody asks for it, and it was never begun or has come to its end. */
    record NotAsked() implements SigningStanding {}

    /** A person has to do something; who signs goes on as before. */
    record Refused(String reason, String message) implements SigningStanding {}

    /**
     * @param behind who is to be restarted before the next step, for people
     * @param waits for what else, for people; empty where for nothing
     */
    record Known(Signers signers, List<String> behind, String waits, Duration again) implements SigningStanding {
        public Known {
            behind = List.copyOf(behind);
        }
    }

    /** What clients are given by; empty where they keep what they have. */
    default Optional<Signers> forClients() {
        return switch (this) {
            case NotAsked none -> Optional.of(Signers.NONE);
            case Refused refused -> Optional.empty();
            case Known known -> Optional.of(known.signers());
        };
    }

    default Optional<Duration> lookAgain() {
        return this instanceof Known known ? Optional.of(known.again()) : Optional.empty();
    }
}
