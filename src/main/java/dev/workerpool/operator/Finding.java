package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Connection;
import dev.workerpool.status.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one reconcile found of a Broker.
 *
 * @param proven what its pools may run on
 * @param inUse the connection behind {@code proven}
 * @param pinned the authority that it is known by since its first use, where that was asked for and settled
 * @param passage between two servers; empty where nothing new is known of that
 * @param again when to look again without being told to
 */
record Finding(
        List<Verdict> verdicts,
        Optional<BrokerStatus.Proven> proven,
        Optional<Connection> inUse,
        BrokerStatus.@Nullable Server server,
        Optional<Duration> again,
        Optional<BrokerStatus.Pinned> pinned,
        Optional<Passage> passage) {
    Finding(List<Verdict> verdicts, Held held, Optional<Duration> again) {
        this(verdicts, held.proven(), held.connection(), held.server(), again, Optional.empty(), Optional.empty());
    }

    /** With what is to be said of client certificates, and looked at again when that may change. */
    Finding concluding(Standing standing) {
        List<Verdict> all = Stream.concat(verdicts.stream(), Issuing.verdict(standing).stream())
                .toList();
        Optional<Duration> next =
                Stream.concat(again.stream(), standing.lookAgain().stream()).min(Comparator.naturalOrder());
        return new Finding(all, proven, inUse, server, next, pinned, passage);
    }

    Finding pinned(BrokerStatus.Pinned now) {
        return new Finding(verdicts, proven, inUse, server, again, Optional.of(now), passage);
    }

    Finding passing(Passage now) {
        return new Finding(verdicts, proven, inUse, server, again, pinned, Optional.of(now));
    }

    /** On the same server still, with another certificate of the operator's own. */
    Finding on(BrokerStatus.Proven now, Connection connection) {
        return new Finding(verdicts, Optional.of(now), Optional.of(connection), server, again, pinned, passage);
    }

    Finding noLaterThan(Duration most) {
        Duration sooner = again.filter(time -> time.compareTo(most) < 0).orElse(most);
        return new Finding(verdicts, proven, inUse, server, Optional.of(sooner), pinned, passage);
    }

    /** What those are given who send jobs: they go to a new server before the workers do. */
    Optional<Connection> forClients() {
        return passage.flatMap(Passage::target).or(() -> inUse);
    }

    /** What was proven earlier and stays in use. */
    record Held(
            Optional<BrokerStatus.Proven> proven,
            Optional<Connection> connection,
            BrokerStatus.@Nullable Server server) {}
}
