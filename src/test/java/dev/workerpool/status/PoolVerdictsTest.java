package dev.workerpool.status;

import static dev.workerpool.status.ASituation.aSituation;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Reason;
import dev.workerpool.scaling.Settings;
import dev.workerpool.status.PoolSituation.Rollout;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ready, Reconciling and Stalled as kstatus reads them: never two of them at once. */
class PoolVerdictsTest {
    @Test
    void a_pool_that_is_as_decided_is_ready_and_nothing_else() {
        assertEquals("Ready AsDecided", kstatus(aSituation()));
    }

    @Test
    void zero_is_ready_where_zero_is_right() {
        assertEquals("Ready AsDecided", kstatus(aSituation().with(rollout(0, 0, 0, 0))));
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 1, 1", "2, 3, 2, 2", "2, 2, 1, 2", "2, 2, 2, 1"})
    void pods_that_are_missing_superfluous_old_or_not_available_are_on_their_way(
            int wanted, int existing, int updated, int available) {
        assertEquals(
                "Reconciling RollingOut", kstatus(aSituation().with(rollout(wanted, existing, updated, available))));
    }

    @Test
    void a_generation_that_its_controller_has_not_seen_is_on_its_way() {
        assertEquals(
                "Reconciling RollingOut", kstatus(aSituation().with(new Rollout(2, 2, 2, 2, false, Optional.empty()))));
    }

    @Test
    void a_rollout_that_does_not_progress_is_stalled() {
        assertEquals(
                "Stalled ProgressDeadlineExceeded",
                kstatus(aSituation().with(new Rollout(2, 1, 1, 1, true, Optional.of("no progress")))));
    }

    @Test
    void what_only_a_person_can_mend_is_stalled() {
        assertEquals("Stalled NameConflict", kstatus(aSituation().stalled("NameConflict", "taken")));
    }

    @Test
    void a_pool_whose_broker_was_never_proven_waits_for_it() {
        var situation = aSituation().withNothingProven().withBrokerInTrouble("LoginRefused", "the login is refused");
        assertEquals("Reconciling WaitingForBroker", kstatus(situation));
        assertEquals("False LoginRefused", says(situation, ConditionType.BrokerReady));
    }

    @Test
    void a_broker_in_trouble_leaves_a_pool_ready_whose_pods_keep_what_was_proven() {
        var situation = aSituation().withBrokerInTrouble("ConnectionRefused", "refused");
        assertEquals("Ready AsDecided", kstatus(situation));
        assertEquals("False ConnectionRefused", says(situation, ConditionType.BrokerReady));
    }

    @Test
    void a_pool_without_its_deployment_is_on_its_way() {
        assertEquals("Reconciling NoDeployment", kstatus(aSituation().withoutDeployment()));
    }

    @Test
    void whether_the_operator_decides_is_said() {
        assertEquals("True Deciding", scalingActive(aSituation()));
        assertEquals("False NotConfigured", scalingActive(aSituation().withoutScaling()));
        assertEquals("False Paused", scalingActive(aSituation().inMode(Settings.Mode.PAUSED)));
        assertEquals("False RecommendOnly", scalingActive(aSituation().inMode(Settings.Mode.RECOMMEND)));
    }

    @Test
    void a_decision_held_for_want_of_knowledge_is_none() {
        Decision held = Decision.hold(2, Reason.BacklogUnknown, "the key jobs:mail is of another type");
        assertEquals("False BacklogUnknown", scalingActive(aSituation().decided(held)));
    }

    private static Rollout rollout(int wanted, int existing, int updated, int available) {
        return new Rollout(wanted, existing, updated, available, true, Optional.empty());
    }

    private static String scalingActive(ASituation situation) {
        return says(situation, ConditionType.ScalingActive);
    }

    /** The one of the three that holds. */
    private static String kstatus(ASituation situation) {
        return String.join(
                " and ",
                PoolVerdicts.of(situation.build()).stream()
                        .filter(verdict -> verdict.status() == Verdict.Truth.True)
                        .filter(verdict -> switch (verdict.type()) {
                            case Ready, Reconciling, Stalled -> true;
                            case BrokerReady,
                                    ScalingActive,
                                    QueuesConsumed,
                                    PeriodicJobs,
                                    SingletonsReady,
                                    ConnectionInjected,
                                    Restricted,
                                    NetworkPolicyApplied,
                                    Reachable,
                                    Trusted,
                                    CertificatesCurrent,
                                    Protected,
                                    EvictsKeys,
                                    NearConnectionLimit,
                                    ClientsReady,
                                    JobsLeftBehind,
                                    CertificateReady -> false;
                        })
                        .map(verdict -> verdict.type() + " " + verdict.reason())
                        .toList());
    }

    private static String says(ASituation situation, ConditionType type) {
        return PoolVerdicts.of(situation.build()).stream()
                .filter(verdict -> verdict.type() == type)
                .map(verdict -> verdict.status() + " " + verdict.reason())
                .findFirst()
                .orElseThrow();
    }
}
