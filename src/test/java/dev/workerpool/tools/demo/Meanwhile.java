package dev.workerpool.tools.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Something that takes its time to start, while something else does. Who never gets it has it closed. */
final class Meanwhile<T extends AutoCloseable> implements AutoCloseable {
    private final CompletableFuture<T> started = new CompletableFuture<>();
    private final Thread thread;
    private boolean gotten;

    private Meanwhile(Supplier<T> start) {
        this.thread = Thread.ofPlatform().name("meanwhile").start(() -> {
            try {
                started.complete(start.get());
            } catch (RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
    }

    static <T extends AutoCloseable> Meanwhile<T> of(Supplier<T> start) {
        return new Meanwhile<>(start);
    }

    /** It is the caller's from now on. */
    T get() throws InterruptedException {
        try {
            T result = started.get();
            gotten = true;
            return result;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    @SuppressWarnings("try") // what is closed here was started here, and throws what its starter knows
    public void close() {
        if (gotten) {
            return;
        }
        thread.interrupt();
        try (T unwanted = started.join()) {
            gotten = unwanted != null;
        } catch (CompletionException failed) {
            // There is nothing to close.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
