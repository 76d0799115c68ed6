package dev.workerpool.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmark itself. It promises no time and prints them all; what it counts is promised. */
@RealControlPlane
@Tag("long")
class BenchIT {
    /** One for each child, and three more; KEDA with its HPA: 15. */
    private static final double REQUESTS_A_POOL = 8;

    /** One for commands, and one more where workers report by pub/sub. */
    private static final long REDIS_CLIENTS = 2;

    @Test
    void a_hundred_pools_converge_with_few_requests_and_cost_none_at_rest(ControlPlane cluster) throws Exception {
        Figures figures = Bench.on(
                cluster, new Plan(100, Keys.Custom, 30, "1s", Duration.ofSeconds(60), 2, "134m", false), System.out);
        System.out.println(Table.of(figures));
        assertTrue(figures.converged().requestsPerPool() <= REQUESTS_A_POOL, figures.toString());
        assertEquals(Map.of(), figures.idle().requests(), "what it asks the API server while nothing happens");
        assertEquals(0, figures.idle().changesOfSize());
        assertTrue(figures.idle().redisClients() <= REDIS_CLIENTS, figures.toString());
        assertTrue(figures.busy().changesOfSize() > 0, figures.toString());
        assertTrue(figures.busy().redisClients() <= REDIS_CLIENTS, figures.toString());
    }
}
