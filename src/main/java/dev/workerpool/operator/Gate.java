package dev.workerpool.operator;

import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Open while this process leads. Who has closed it knows that nobody who went through is still under way. */
final class Gate {
    private final ReadWriteLock underWay = new ReentrantReadWriteLock();
    private volatile boolean open;

    void open() {
        open = true;
    }

    /** Returns when all who went through have come back. */
    void close() {
        open = false; // before the lock, whose waiting keeps nobody from going through
        underWay.writeLock().lock();
        try {
            open = false;
        } finally {
            underWay.writeLock().unlock();
        }
    }

    /** Empty where it is closed. */
    <T> Optional<T> through(Supplier<T> work) {
        if (!open || !underWay.readLock().tryLock()) {
            return Optional.empty();
        }
        try {
            return open ? Optional.of(work.get()) : Optional.empty();
        } finally {
            underWay.readLock().unlock();
        }
    }
}
