package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How one authority follows another without any connection being refused: trust the new one, use it, drop the old one. From what the
 * Secrets hold follows the next single write; whoever takes over from one that was killed does the same.
 *
 * @param life how long what it signs is good
 * @param given the authority to be used, where people give it; otherwise one is made
 * @param asked which change people asked for last; empty where none
 */
public record Rotation(Duration life, Optional<Authority> given, String asked) {

    /**
     * What is so outside of the Succession.
     *
     * @param published what servers are told to trust
     * @param provenBy the fingerprint of the authority whose leaf the operator itself was last seen connecting with; empty where none
     * @param usersOfFormer who still holds something that the former authority signed, for people; asked for only where there is one
     */
    public record Seen(
            Instant now, Set<X509Certificate> published, String provenBy, Supplier<List<String>> usersOfFormer) {
        public Seen {
            published = Set.copyOf(published);
        }
    }

    /** What is to be done next. */
    public sealed interface Step {
        /** Nothing. */
        record Keep() implements Step {}

        /** Servers are to be told to trust these. */
        record Publish(List<X509Certificate> bundle) implements Step {
            public Publish {
                bundle = List.copyOf(bundle);
            }
        }

        /** To be written: another one is announced, or one that was is not to come. */
        record Announce(Optional<Authority> given) implements Step {}

        /** To be written. */
        record Write(Succession now) implements Step {}

        /** Whether the server takes a leaf of the next one is to be tried; once it does, the next one succeeds. */
        record TryNext(Authority next) implements Step {}

        /** For what, for people. */
        record Await(List<String> what) implements Step {
            public Await {
                what = List.copyOf(what);
            }
        }
    }

    public Step next(Succession held, Seen seen) {
        if (!seen.published().equals(Set.copyOf(held.bundle()))) {
            return new Step.Publish(held.bundle());
        }
        Optional<Step> correction = corrected(held);
        if (correction.isPresent()) {
            return correction.get();
        }
        if (held.next().isPresent()) {
            return new Step.TryNext(held.next().get());
        }
        if (!held.former().isEmpty()) {
            return dropped(held, seen);
        }
        return isDue(held, seen.now()) ? new Step.Announce(given) : new Step.Keep();
    }

    /** What people give now is not what was announced: nobody has used that yet. */
    private Optional<Step> corrected(Succession held) {
        if (given.isEmpty() || held.next().isEmpty() || isThatGiven(held.next().get())) {
            return Optional.empty();
        }
        return Optional.of(isThatGiven(held.inUse()) ? new Step.Write(held.withoutNext()) : new Step.Announce(given));
    }

    private boolean isThatGiven(Authority other) {
        return given.filter(authority -> authority.sha256().equals(other.sha256()))
                .isPresent();
    }

    private static Step dropped(Succession held, Seen seen) {
        if (!seen.provenBy().equals(held.inUse().sha256())) {
            return new Step.Await(List.of("the operator's own connection"));
        }
        List<String> users = seen.usersOfFormer().get();
        return users.isEmpty() ? new Step.Write(held.alone()) : new Step.Await(users);
    }

    private boolean isDue(Succession held, Instant now) {
        if (given.isPresent()) {
            return !isThatGiven(held.inUse());
        }
        return isAsked(held) || !now.isBefore(renewal(held.inUse()));
    }

    private boolean isAsked(Succession held) {
        return !asked.isEmpty() && !asked.equals(held.done());
    }

    /** At two thirds of its life, and while what it signs is still good for as long as that should be. */
    public Instant renewal(Authority authority) {
        Duration third =
                Duration.between(authority.notBefore(), authority.notAfter()).dividedBy(3);
        Duration ahead = third.compareTo(life) < 0 ? life : third;
        Instant due = authority.notAfter().minus(ahead);
        Instant half = authority.notAfter().minus(third).minus(third.dividedBy(2));
        return due.isBefore(half) ? half : due;
    }
}
