package dev.workerpool.broker.redis;

/** Says that nobody waits for a result, on purpose: the connection's own end, if it comes, is heard elsewhere. */
final class Unawaited {
    private Unawaited() {}

    @SuppressWarnings("unused")
    static void result(Object future) {
        // Nothing: this is for the reader.
    }
}
