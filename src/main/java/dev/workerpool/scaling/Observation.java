package dev.workerpool.scaling;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Everything a decision looks at besides settings and history. */
public record Observation(Instant now, Fleet fleet, Measurement measurement) {
    /** Twice the longest poll interval: whoever has said nothing for so long has stopped. */
    private static final Duration STALE_AFTER = Duration.ofMinutes(10);

    /** What was measured, as it is for these workers. */
    @Override
    public Measurement measurement() {
        return measurement instanceof Measurement.Measured measured ? measured.of(fleet) : measurement;
    }

    /** The measurement, unless it is too old to be taken for the present. */
    public Measurement current() {
        var seen = measurement();
        var at = seen.at();
        return at.isBefore(now.minus(STALE_AFTER))
                ? new Measurement.Unavailable(at, "nothing has been heard since " + at.truncatedTo(ChronoUnit.SECONDS))
                : seen;
    }
}
