package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Probe.Failed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the sentinels say, as it comes in. The newest configuration counts, once most of them have answered or nobody is left
 * to wait for: one that was cut off from the others may still name the master of before.
 */
final class Votes {
    private final String master;
    private final int asked;
    private final CompletableFuture<Endpoint> outcome = new CompletableFuture<>();
    private final List<Vote> votes = new ArrayList<>();

    Votes(String master, int asked) {
        this.master = master;
        this.asked = asked;
    }

    /** What one sentinel says. */
    sealed interface Vote {
        /** @param epoch of its configuration: each fail-over has a higher one */
        record For(Endpoint server, long epoch) implements Vote {}

        /** It watches no master of that name. */
        record Unknown() implements Vote {}

        record Refusal(Failed why) implements Vote {}
    }

    CompletableFuture<Endpoint> outcome() {
        return outcome;
    }

    synchronized void add(Vote vote) {
        votes.add(vote);
        long named = votes.stream().filter(Vote.For.class::isInstance).count();
        if (named > asked / 2 || votes.size() == asked) {
            newest().ifPresentOrElse(outcome::complete, () -> outcome.completeExceptionally(none()));
        }
    }

    private Optional<Endpoint> newest() {
        return votes.stream()
                .filter(Vote.For.class::isInstance)
                .map(Vote.For.class::cast)
                .max(Comparator.comparingLong(Vote.For::epoch))
                .map(Vote.For::server);
    }

    private NoMaster none() {
        if (votes.stream().anyMatch(Vote.Unknown.class::isInstance)) {
            return new NoMaster(
                    Cause.MasterUnknown, "the sentinels watch no master of the name " + master + ": see masterName");
        }
        List<Failed> refusals = votes.stream()
                .filter(Vote.Refusal.class::isInstance)
                .map(vote -> ((Vote.Refusal) vote).why())
                .toList();
        // What people can mend comes before what may pass.
        Failed first = refusals.stream()
                .filter(failed -> failed.cause() != Cause.SentinelsUnreachable)
                .findFirst()
                .orElseGet(refusals::getFirst);
        String count = asked == 1
                ? "the sentinel cannot be asked: "
                : "none of the %d sentinels can be asked: ".formatted(asked);
        return new NoMaster(first.cause(), count + first.message());
    }
}
