package dev.workerpool.telemetry.page;

import dev.workerpool.scaling.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long the oldest job has waited by now. */
final class Ages {
    private Ages() {}

    /** Zero where nothing waits; absent where that is unknown. */
    static Optional<Duration> oldest(Totals totals, Instant now) {
        if (!totals.waiting().known()) {
            return Optional.empty();
        }
        Duration age =
                totals.oldest().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        return Optional.of(age.isNegative() ? Duration.ZERO : age);
    }
}
