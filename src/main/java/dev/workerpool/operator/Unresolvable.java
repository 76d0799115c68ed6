package dev.workerpool.operator;

import java.io.Serial;

/** Why a Broker's spec gives no connection; caught in {@link ConnectionSource#resolve}, never seen outside. */
final class Unresolvable extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** A condition's reason and message. */
    Unresolvable(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
