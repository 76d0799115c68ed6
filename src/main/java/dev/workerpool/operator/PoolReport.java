package dev.workerpool.operator;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.status.PoolSituation;
import dev.workerpool.status.SingletonVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What people are told of a pool after one reconcile. */
record PoolReport(PoolSituation situation, WorkerPoolStatus status) {
    /** When there may be something else to tell, without anybody saying so. */
    Optional<Duration> again(Instant now) {
        return SingletonVerdict.lookAgain(status.conditions(), now);
    }
}
