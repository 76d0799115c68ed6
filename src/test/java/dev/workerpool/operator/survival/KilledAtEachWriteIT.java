package dev.workerpool.operator.survival;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.operator.survival.Death.Moment;
import dev.workerpool.testing.jobs.RedisServer;
import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.RealControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whenever the operator dies, the next one finishes: in the end all is as if nobody had died. */
@RealControlPlane
class KilledAtEachWriteIT {
    /** Every run has a control plane's worth of objects and two operators, one after the other. */
    private static final int AT_ONCE = 3;

    /** A death and what came of it. */
    private record Outcome(Death death, boolean died, String difference, String logs) {
        String line() {
            return "%5d  %s %s%s"
                    .formatted(
                            death.number(),
                            death.words(),
                            difference.isEmpty() ? "same end" : "ANOTHER END",
                            died ? "" : " (nobody died: it was not written so often)");
        }
    }

    @Test
    void killed_at_some_writes_it_leaves_nothing_undone(ControlPlane cluster, KubernetesClient client)
            throws Exception {
        compare(cluster, client, false);
    }

    @Test
    @Tag("soak")
    void killed_at_each_write_before_and_after_it_leaves_nothing_undone(ControlPlane cluster, KubernetesClient client)
            throws Exception {
        compare(cluster, client, true);
    }

    private static void compare(ControlPlane cluster, KubernetesClient client, boolean all) throws Exception {
        try (RedisServer redis = RedisServer.plain();
                ExecutorService several = Executors.newFixedThreadPool(AT_ONCE)) {
            Stage stage = new Stage(cluster, client, redis);
            List<String> writes = new ArrayList<>();
            Snapshot expected = stage.undisturbed(writes);
            assertEquals(List.of(), expected.toldTwice());
            List<Death> deaths = Death.atEach(writes);
            List<Future<Outcome>> runs = (all ? deaths.stream() : chosen(deaths))
                    .map(death -> several.submit(() -> stage.die(death, expected)))
                    .toList();
            report(writes.size(), outcomes(runs));
        }
    }

    private static Stream<Death> chosen(List<Death> all) {
        return all.stream().filter(death -> death.occurrence() == 1).filter(death -> switch (death.write()) {
            case "POST   deployments", "POST   secrets" -> death.moment() == Moment.AFTER_COMMIT;
            case "PATCH  deployments/mail" -> true;
            default -> false;
        });
    }

    /** The servers that all runs share. */
    private record Stage(ControlPlane cluster, KubernetesClient client, RedisServer redis) {
        Snapshot undisturbed(List<String> writes) {
            try (KilledRun run = new KilledRun(cluster, life("undisturbed"), Death.NONE)) {
                Snapshot end = run.undisturbed();
                writes.addAll(run.writes());
                return end;
            }
        }

        Outcome die(Death death, Snapshot expected) {
            String name = "killed-%d-%s"
                    .formatted(death.number(), death.moment() == Moment.BEFORE_SENDING ? "before" : "after");
            try (KilledRun run = new KilledRun(cluster, life(name), death)) {
                Snapshot end = run.run(expected);
                String difference = end.against(expected);
                Outcome outcome = new Outcome(death, run.died(), difference, difference.isEmpty() ? "" : run.logs());
                System.out.println(outcome.line());
                return outcome;
            }
        }

        private Life life(String name) {
            return new Life(client, name, redis);
        }
    }

    private static List<Outcome> outcomes(List<Future<Outcome>> runs) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> run : runs) {
            try {
                outcomes.add(run.get());
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
        return outcomes;
    }

    private static void report(int writes, List<Outcome> outcomes) {
        System.out.printf("%d writes undisturbed%nwrite  what and when%46s  end%n", writes, "");
        outcomes.forEach(outcome -> System.out.println(outcome.line()));
        assertAll(outcomes.stream()
                .map(outcome ->
                        () -> assertEquals("", outcome.difference(), () -> outcome.line() + "\n" + outcome.logs())));
        assertAll(outcomes.stream()
                .map(outcome ->
                        () -> assertTrue(outcome.died() || !outcome.death().mustHappen(), outcome::line)));
    }
}
