package dev.workerpool.desired;

import static dev.workerpool.testing.builders.AWorkerPool.aWorkerPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Scaling;
import dev.workerpool.desired.PoolSettings.Parsed;
import dev.workerpool.scaling.Settings;
import dev.workerpool.testing.builders.AWorkerPool;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolParserTest {
    @Test
    void what_is_left_out_has_the_defaults_of_the_schema() {
        Scaling least = new Scaling(null, null, 9, new Scaling.Target(3), null);
        PoolSettings settings = valid(aWorkerPool().withScaling(least));
        assertEquals(Duration.ofMinutes(5), settings.drainTimeout());
        assertEquals(1, settings.scaling().replicas());
        assertEquals(10, settings.scaling().concurrency());
        assertEquals(
                new Settings.Scaling(Settings.Mode.ACTIVE, 1, 9, 3, Duration.ofMinutes(5)),
                settings.scaling().scaling().orElseThrow());
    }

    @Test
    void queues_keep_their_order() {
        assertEquals(
                List.of("urgent", "mail"),
                valid(aWorkerPool().withQueue("urgent").withQueue("mail")).queues());
    }

    @Test
    void the_only_container_is_the_worker_whatever_its_name() {
        valid(aWorkerPool().withContainers("main"));
    }

    @Test
    void of_several_containers_the_one_named_worker_is_it() {
        valid(aWorkerPool().withContainers("proxy", "worker"));
    }

    @Test
    void several_containers_of_other_names_are_refused_by_name() {
        Parsed.Invalid invalid = invalid(aWorkerPool().withContainers("web", "proxy"));
        assertEquals("NoWorkerContainer", invalid.reason());
        assertEquals(
                "which container is the worker? None of web, proxy is named worker; name it so", invalid.message());
    }

    @Test
    void a_template_without_containers_is_refused() {
        assertTrue(invalid(aWorkerPool().withContainers()).message().contains("containers is empty"));
    }

    @Test
    void a_variable_that_is_set_twice_is_refused_by_name() {
        List<EnvVar> twice = List.of(new EnvVar("LANG", "C", null), new EnvVar("LANG", "C.UTF-8", null));
        Parsed.Invalid invalid = invalid(aWorkerPool().withWorker(worker -> worker.withEnv(twice)));
        assertEquals("InvalidTemplate", invalid.reason());
        assertEquals(
                "container worker sets the environment variable LANG twice: leave one of the two", invalid.message());
    }

    @Test
    void someone_elses_Deployment_needs_no_template() {
        PoolSettings settings = valid(aWorkerPool().scalingDeployment("web"));
        assertFalse(settings.ownsDeployment());
        assertEquals("web", settings.deployment());
    }

    @Test
    void a_duration_that_is_none_is_refused_and_nothing_guessed() {
        assertEquals(
                "drainTimeout must be a duration such as 30s or 5m",
                invalid(aWorkerPool().withDrainTimeout("soon")).message());
        Scaling soon = new Scaling(null, null, 9, new Scaling.Target(3), "soon");
        assertEquals(
                "scaling.idleAfter must be a duration such as 30s or 5m",
                invalid(aWorkerPool().withScaling(soon)).message());
    }

    private static PoolSettings valid(AWorkerPool pool) {
        return assertInstanceOf(Parsed.Valid.class, PoolParser.parse(pool.build()))
                .settings();
    }

    private static Parsed.Invalid invalid(AWorkerPool pool) {
        return assertInstanceOf(Parsed.Invalid.class, PoolParser.parse(pool.build()));
    }
}
