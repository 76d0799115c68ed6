package dev.workerpool.tools.bench;

import java.time.Duration;

/**
 * What to measure.
 *
 * @param tries of each reaction, no more than there are pools
 * @param pollInterval the Broker's, as it is written there
 * @param costFor how long the operator is watched at rest, and again at work
 * @param busyRate pools that get jobs, a second, while it is at work
 * @param heap the operator's {@code -Xmx}
 * @param ballast whether all is tried once more with {@link Ballast} in the broker
 */
record Plan(
        int pools,
        Keys keys,
        int tries,
        String pollInterval,
        Duration costFor,
        double busyRate,
        String heap,
        boolean ballast) {
    /** The number of the one that gets the ballast's payload, and is not tried itself. */
    int lastPool() {
        return pools - 1;
    }
}
