package dev.workerpool.broker.redis;

import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Probe.Failed;
import java.io.Serial;

/** There is no server to measure at this moment, in words. */
final class NoMaster extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Cause reason;

    NoMaster(Cause reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Failed failed() {
        return new Failed(reason, String.valueOf(getMessage()));
    }
}
