package dev.workerpool.operator;

import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Succession;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a Broker stands with its authority for client certificates. */
sealed interface Standing {
    /** The same, where what people give cannot be used. */
    default Standing but(Origin origin) {
        return this instanceof Issuing issuing && origin instanceof Origin.Unusable unusable
                ? new Issuing(
                        issuing.succession(),
                        issuing.waitingFor(),
                        issuing.again(),
                        Optional.of(new Refused(unusable.reason(), unusable.message())))
                : this;
    }

    /** It has none: none was asked for. */
    record NotAsked() implements Standing {}

    /**
     * It can issue.
     *
     * @param waitingFor what the next step of a rotation waits for, for people
     * @param again when the next step may be due
     * @param trouble why what people give cannot be used, and all stays as it is
     */
    record Issuing(Succession succession, List<String> waitingFor, Duration again, Optional<Refused> trouble)
            implements Standing {
        public Issuing {
            waitingFor = List.copyOf(waitingFor);
        }

        Issuing(Succession succession, List<String> waitingFor, Duration again) {
            this(succession, waitingFor, again, Optional.empty());
        }

        /** The step of a rotation, for people. */
        String step() {
            if (succession.next().isPresent()) {
                return "TrustNew";
            }
            return succession.former().isEmpty() ? "Stable" : "UseNew";
        }
    }

    /**
     * cert-manager delivers to each holder.
     *
     * @param presents what the operator itself presents
     * @param signer who signed that; empty where that cannot be told any more
     * @param step of one authority's coming after another, for people
     * @param next the fingerprint of the authority that is coming
     * @param trouble why nothing new is delivered
     */
    record Delivered(
            ClientIdentity presents,
            Optional<X509Certificate> signer,
            String step,
            Optional<String> next,
            List<String> waitingFor,
            Optional<Refused> trouble,
            Duration again)
            implements Standing {
        public Delivered {
            waitingFor = List.copyOf(waitingFor);
        }

        Delivered coming(String authority, String waiting) {
            return new Delivered(presents, signer, "TrustNew", Optional.of(authority), List.of(waiting), trouble, SOON);
        }

        /** Its present authority comes after another, of which somebody still has something. */
        Delivered following(List<String> users) {
            return new Delivered(presents, signer, "UseNew", next, users, trouble, SOON);
        }
    }

    /** Nothing is delivered yet: a condition's reason and message. */
    record Awaiting(String reason, String message, Duration again) implements Standing {}

    /** It cannot issue until a person does something: a condition's reason and message. */
    record Refused(String reason, String message) implements Standing {}

    /** What is somebody else's is not watched: nobody tells when it is renamed or deleted. */
    Duration UNWATCHED = Duration.ofMinutes(1);

    /** While something is waited for that tells nobody when it comes. */
    Duration SOON = Duration.ofSeconds(5);

    /** When to look again; empty where somebody tells. */
    default Optional<Duration> lookAgain() {
        return switch (this) {
            case NotAsked none -> Optional.empty();
            case Refused refused -> Optional.of(UNWATCHED);
            case Issuing issuing -> Optional.of(issuing.again());
            case Delivered delivered -> Optional.of(delivered.again());
            case Awaiting awaiting -> Optional.of(awaiting.again());
        };
    }
}
