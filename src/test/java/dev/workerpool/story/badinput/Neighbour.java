package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.stream.Stream;

/** A healthy pool, and its Broker, that must not notice what goes on beside them. */
final class Neighbour {
    private static final String NAME = "neighbour";
    private static final String BROKER = "jobs";

    private final Neighbourhood all;
    private final Told pool;
    private final Told broker;
    private int jobs = 2;
    private List<Condition> steady = List.of();

    Neighbour(Neighbourhood all) {
        this.all = all;
        this.pool = all.pool(NAME);
        this.broker = all.broker(BROKER);
    }

    void movesIn() {
        all.secret("jobs-url", "url", all.redis().url());
        all.brokerBySecret(BROKER, "jobs-url");
        all.apply(Neighbourhood.pool(NAME, BROKER).withWorkers().yaml());
        all.enqueue(NAME, jobs);
        all.awaitReplicas(NAME, jobs);
        pool.isReady("AsDecided");
        steady = steady();
    }

    /** One job more is one worker more, and nothing was ever said of it but that all is well. */
    void goesOn() {
        all.enqueue(NAME, 1);
        jobs++;
        all.awaitReplicas(NAME, jobs);
        pool.isReady("AsDecided");
        assertEquals(steady, steady(), "not even for a moment otherwise");
        pool.warnedOf();
        broker.warnedOf();
    }

    /** With the times of their last transitions. Ready is not among the pool's: it is False while a new size comes up. */
    private List<Condition> steady() {
        return Stream.of(
                        broker.condition("Ready"),
                        broker.condition("Reachable"),
                        pool.condition("BrokerReady"),
                        pool.condition("Stalled"),
                        pool.condition("ScalingActive"))
                .map(condition -> condition.orElseThrow())
                .toList();
    }
}
