package dev.workerpool.architecture.seeded.scaling;

import java.time.Instant;

/** Breaks a rule, to prove that it can be broken. */
final class ReadsTheClock {
    Instant now() {
        return Instant.now();
    }
}
