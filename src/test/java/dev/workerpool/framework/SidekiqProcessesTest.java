package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SidekiqProcessesTest {
    private static final Sidekiq SIDEKIQ = new Sidekiq();
    private static final Instant BEAT = Instant.parse("2026-11-21T11:58:57.180302Z");
    private static final String INFO_6 = """
            {"hostname":"web-0","started_at":1795262332.1736243,"pid":4509,"tag":"","concurrency":1,"queues":["default"],\
            "labels":[],"identity":"web-0:4509:8812bc45371e"}""";
    private static final String INFO_8 = """
            {"hostname":"web-0","started_at":1795262332.1736243,"pid":1,"tag":"app","capsules":{"default":{"concurrency":5,\
            "mode":"weighted","weights":{"default":1}}},"labels":[],"identity":"web-0:1:8812bc45371e","version":"8.1.7",\
            "embedded":false}""";

    @ParameterizedTest
    @ValueSource(strings = {INFO_6, INFO_8})
    void aProcessSaysHowManyJobsItsHostRuns(String info) {
        assertEquals(
                reported(new WorkerReport("web-0", BEAT, 3, Optional.of(Set.of("default")))),
                Round.of(SIDEKIQ, "default")
                        .members("processes", "web-0:4509:88")
                        .hash("web-0:4509:88", Map.of("info", info, "busy", "3", "beat", "1795262337.1803024"))
                        .measured()
                        .workers());
    }

    @Test
    void allProcessesOfAHostAreTakenTogether() {
        Workers workers = Round.of(SIDEKIQ, "default")
                .members("processes", "web-0:1:a", "web-0:2:b", "web-1:1:c")
                .hash("web-0:1:a", Map.of("info", INFO_6, "busy", "3", "beat", "1795262347.5"))
                .hash("web-0:2:b", Map.of("info", INFO_6, "busy", "1", "beat", "1795262337.1803024"))
                .hash(
                        "web-1:1:c",
                        Map.of("info", "{\"hostname\":\"web-1\"}", "busy", "0", "beat", "1795262337.1803024"))
                .measured()
                .workers();

        assertEquals(
                reported(
                        new WorkerReport("web-0", BEAT, 4, Optional.of(Set.of("default"))),
                        new WorkerReport("web-1", BEAT, 0)),
                workers);
    }

    @Test
    void aProcessLivesOnlyIfBothItsNameAndItsHashExist() {
        Workers workers = Round.of(SIDEKIQ, "default")
                .members("processes", "killed-0:1:a")
                .hash("ended-0:1:b", Map.of("info", INFO_6, "busy", "0", "beat", "1795262337.1803024"))
                .measured()
                .workers();

        assertEquals(reported(), workers);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "busy, -1",
                "busy, ''",
                "busy, many",
                "busy, 1.5",
                "busy, 99999999999",
                "busy, absent",
                "beat, ''",
                "beat, NaN",
                "beat, 1e999",
                "beat, -3",
                "beat, absent"
            })
    void aHostOfWhichOneProcessCannotBeReadIsSilentNotIdle(String field, String value) {
        Map<String, String> hash = new java.util.HashMap<>(Map.of("info", INFO_6, "busy", "0", "beat", "1795262337.2"));
        if (value == null) {
            hash.remove(field);
        } else {
            hash.put(field, value);
        }

        Workers workers = Round.of(SIDEKIQ, "default")
                .members("processes", "web-0:1:a", "web-0:2:b")
                .hash("web-0:1:a", Map.of("info", INFO_6, "busy", "0", "beat", "1795262337.2"))
                .hash("web-0:2:b", hash)
                .measured()
                .workers();

        assertEquals(reported(), workers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{\"hostname\": 7}", "\u0000\uFFFD"})
    void withoutReadableInfoTheHostIsTheFirstPartOfTheName(String info) {
        Workers workers = Round.of(SIDEKIQ, "default")
                .members("processes", "web-0:1:a")
                .hash("web-0:1:a", Map.of("info", info, "busy", "2", "beat", "1795262337.1803024"))
                .measured()
                .workers();

        assertEquals(reported(new WorkerReport("web-0", BEAT, 2)), workers);
    }

    @Test
    void refusedProcessesAreUntoldWithTheReason() {
        assertEquals(
                new Workers.Untold("no permission"),
                Round.of(SIDEKIQ, "default")
                        .refused("processes", "no permission")
                        .measured()
                        .workers());
        assertEquals(
                new Workers.Untold("key web-0:1:a holds a string"),
                Round.of(SIDEKIQ, "default")
                        .members("processes", "web-0:1:a")
                        .refused("web-0:1:a", "key web-0:1:a holds a string")
                        .measured()
                        .workers());
    }

    private static Workers reported(WorkerReport... reports) {
        return new Workers.Reported(List.of(reports), Duration.ofSeconds(30));
    }
}
