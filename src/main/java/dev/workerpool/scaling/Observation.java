package dev.workerpool.scaling;

import java.time.Instant;

/** Everything a decision looks at besides settings and history. */
public record Observation(Instant now, Fleet fleet, Measurement measurement) {}
