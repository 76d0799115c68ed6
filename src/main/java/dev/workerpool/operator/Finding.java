package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Connection;
import dev.workerpool.status.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one reconcile found of a Broker.
 *
 * @param proven what its pools may run on
 * @param inUse the connection behind {@code proven}
 * @param again when to look again without being told to
 */
record Finding(
        List<Verdict> verdicts,
        Optional<BrokerStatus.Proven> proven,
        Optional<Connection> inUse,
        BrokerStatus.@Nullable Server server,
        Optional<Duration> again) {
    Finding(List<Verdict> verdicts, Held held, Optional<Duration> again) {
        this(verdicts, held.proven(), held.connection(), held.server(), again);
    }

    /** What was proven earlier and stays in use. */
    record Held(
            Optional<BrokerStatus.Proven> proven,
            Optional<Connection> connection,
            BrokerStatus.@Nullable Server server) {}
}
