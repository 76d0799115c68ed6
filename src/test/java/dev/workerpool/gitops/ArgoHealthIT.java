package dev.workerpool.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerpool.testing.jobs.Finished;
import dev.workerpool.testing.jobs.Needed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health checks that Argo CD is given, run by a real Lua 5.1, which is the Lua that Argo CD speaks. */
class ArgoHealthIT {
    private static final Path SHIPPED = Path.of("examples/gitops/argocd-health.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest(name = "Ready {0}, Stalled {1}, mode {2}: {3}")
    @CsvSource({
        "True, False, Active, Healthy",
        "True, False, Recommend, Healthy",
        "False, False, Active, Progressing",
        "False, True, Active, Degraded",
        "True, False, Paused, Suspended",
        "False, True, Paused, Degraded",
    })
    void a_pool(String ready, String stalled, String mode, String health) throws IOException, InterruptedException {
        String pool = """
                {"metadata": {"generation": 2}, "spec": {"scaling": {"mode": "%s"}},
                 "status": {"observedGeneration": 2, "conditions": [
                   {"type": "Ready", "status": "%s", "reason": "R", "message": "ready?"},
                   {"type": "Stalled", "status": "%s", "reason": "S", "message": "stalled?"}]}}
                """.formatted(mode, ready, stalled);
        assertEquals(health, health("WorkerPool", pool));
    }

    @Test
    void a_pool_of_fixed_size_has_no_scaling() throws IOException, InterruptedException {
        assertEquals("Healthy", health("WorkerPool", """
                {"metadata": {"generation": 1}, "spec": {},
                 "status": {"observedGeneration": 1, "conditions": [
                   {"type": "Ready", "status": "True", "reason": "AsDecided", "message": "all up to date"}]}}
                """));
    }

    @ParameterizedTest
    @CsvSource({"True, Healthy", "False, Degraded"})
    void a_broker(String ready, String health) throws IOException, InterruptedException {
        assertEquals(health, health("Broker", """
                {"metadata": {"generation": 1}, "spec": {},
                 "status": {"observedGeneration": 1, "conditions": [
                   {"type": "Reachable", "status": "True", "reason": "Connected", "message": "it answers"},
                   {"type": "Ready", "status": "%s", "reason": "LoginRefused", "message": "wrong password"}]}}
                """.formatted(ready)));
    }

    @Test
    void what_was_said_of_an_older_generation_counts_for_nothing() throws IOException, InterruptedException {
        String stale = """
                {"metadata": {"generation": 2}, "spec": {},
                 "status": {"observedGeneration": 1, "conditions": [
                   {"type": "Ready", "status": "True", "reason": "R", "message": "m"}]}}
                """;
        for (String kind : new String[] {"WorkerPool", "Broker"}) {
            assertEquals("Progressing", health(kind, stale));
            assertEquals("Progressing", health(kind, "{\"metadata\": {\"generation\": 1}, \"spec\": {}}"));
        }
    }

    private String health(String kind, String object) throws IOException, InterruptedException {
        ConfigMap shipped = Serialization.unmarshal(Files.readString(SHIPPED), ConfigMap.class);
        String script = shipped.getData().get("resource.customizations.health.workerpool.dev_" + kind);
        Path program = folder.resolve("health.lua");
        Files.writeString(
                program,
                "local obj = %s\nlocal function check()\n%s\nend\nio.write(check().status)\n"
                        .formatted(table(JSON.readTree(object)), script));
        Finished lua = Finished.in(
                folder, Needed.onPath("lua5.1", "apt-get install lua5.1").toString(), program.toString());
        assertEquals(0, lua.status(), lua.said());
        return lua.said();
    }

    /** JSON as a table of Lua. */
    private static String table(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(field -> "[\"" + field.getKey() + "\"] = " + table(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(ArgoHealthIT::table)
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return node.toString();
    }
}
