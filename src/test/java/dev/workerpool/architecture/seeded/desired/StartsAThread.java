package dev.workerpool.architecture.seeded.desired;

/** Breaks a rule, to prove that it can be broken. */
final class StartsAThread {
    Thread started() {
        return Thread.ofVirtual().start(() -> {});
    }
}
