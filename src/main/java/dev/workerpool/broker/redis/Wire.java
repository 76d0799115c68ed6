package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a {@link Link} keeps: one connection, or several that stand and fall together. */
interface Wire {

    /** Tells once when it is lost, in any thread; not of what was lost before. */
    void whenLost(Runnable told);

    boolean isOpen();

    /** Which of several was lost. */
    default Optional<Endpoint> lost() {
        return Optional.empty();
    }

    CompletableFuture<Void> closeAsync();
}
