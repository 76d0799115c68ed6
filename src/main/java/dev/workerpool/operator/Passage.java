package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Connection;
import dev.workerpool.operator.EventRecorder.Said;
import dev.workerpool.status.Verdict;
import java.util.Optional;

/**
 * How far a Broker is from one server to another.
 *
 * @param moving what is remembered of it; empty where it is over
 * @param verdict what is said of the jobs on the old server
 * @param said that workers go, or go back
 * @param target where workers are to go once the old server is empty; who sends jobs goes there first
 */
record Passage(
        Optional<BrokerStatus.Moving> moving,
        Optional<Verdict> verdict,
        Optional<Said> said,
        Optional<Connection> target) {
    /** Nothing is left to be done or said. */
    static final Passage OVER = new Passage(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
