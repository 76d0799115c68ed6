package dev.workerpool.scaling;

import static dev.workerpool.scaling.AReading.anEmptyReading;
import static dev.workerpool.scaling.AReading.noAnswer;
import static dev.workerpool.scaling.AWatchedPool.aPool;
import static dev.workerpool.scaling.Settings.Mode.ACTIVE;
import static dev.workerpool.scaling.Settings.Mode.PAUSED;
import static dev.workerpool.scaling.Settings.Mode.RECOMMEND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ModesTest {
    private static final int LIVE = 7;
    private static final int REPLICAS = 3;
    private static final Decision TO_NINE = Decision.scaleTo(9, Reason.Backlog, "…");

    @Test
    void without_scaling_replicas_rules() {
        assertEquals(
                Decision.scaleTo(REPLICAS, Reason.FixedReplicas, "replicas says 3"),
                aPool().withoutScaling().sees(noAnswer("no broker")));
    }

    @Test
    void a_paused_pool_keeps_its_size() {
        assertEquals(
                Decision.hold(LIVE, Reason.Paused, "scaling is paused: the present size of 7 stays"),
                aPool().inMode(PAUSED).ofSize(LIVE).sees(anEmptyReading().waiting(500)));
    }

    @Test
    void a_pool_that_is_born_paused_stays_at_zero() {
        assertEquals(
                0, aPool().between(2, 4).inMode(PAUSED).sees(anEmptyReading()).replicas());
    }

    @Test
    void a_recommendation_is_decided_like_the_real_thing() {
        var reading = anEmptyReading().waiting(45);
        assertEquals(aPool().sees(reading), aPool().inMode(RECOMMEND).sees(reading));
    }

    @Test
    void an_active_decision_is_in_force() {
        assertEquals(9, Sizing.inForce(aPool().inMode(ACTIVE).settings(), TO_NINE, LIVE, false));
        assertEquals(9, Sizing.inForce(aPool().inMode(ACTIVE).settings(), TO_NINE, LIVE, true));
    }

    @Test
    void a_recommended_one_leaves_replicas_in_force() {
        assertEquals(REPLICAS, Sizing.inForce(aPool().inMode(RECOMMEND).settings(), TO_NINE, LIVE, false));
    }

    @Test
    void a_recommended_one_leaves_someone_elses_workload_as_it_is() {
        assertEquals(LIVE, Sizing.inForce(aPool().inMode(RECOMMEND).settings(), TO_NINE, LIVE, true));
    }

    @Test
    void a_paused_pool_has_its_present_size_in_force() {
        assertEquals(LIVE, Sizing.inForce(aPool().inMode(PAUSED).settings(), TO_NINE, LIVE, false));
    }

    @Test
    void without_scaling_someone_elses_workload_stays_as_it_is() {
        assertEquals(LIVE, Sizing.inForce(aPool().withoutScaling().settings(), TO_NINE, LIVE, true));
    }

    @Test
    void without_scaling_replicas_is_in_force() {
        assertEquals(REPLICAS, Sizing.inForce(aPool().withoutScaling().settings(), TO_NINE, LIVE, false));
    }
}
