package dev.workerpool.scaling;

import java.time.Instant;

/**
 * What was seen of a pool since this process began to watch it; an immutable value, folded with each observation.
 *
 * @param since when watching began: before a full window has passed nothing is lowered
 */
public record History(Instant since) {
    public static History begin(Instant now) {
        return new History(now);
    }

    public History observe(Observation observation, Settings settings) {
        return this;
    }
}
