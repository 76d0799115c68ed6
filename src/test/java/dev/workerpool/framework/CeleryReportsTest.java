package dev.workerpool.framework;

import static dev.workerpool.framework.CeleryMessages.envelope;
import static dev.workerpool.framework.CeleryMessages.event;
import static dev.workerpool.framework.CeleryMessages.heartbeat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeleryReportsTest {
    private static final Celery CELERY = new Celery(Optional.of("tasks"), "", Duration.ofHours(1));
    private static final String CHANNEL = "/0.celeryev/worker.heartbeat";
    private static final double TIME = 1795262323.2473698;
    private static final Instant STAMP = Instant.parse("2026-11-21T11:58:43.247370Z");

    @Test
    void aHeartbeatSaysWhatAHostRuns() {
        Workers workers = heard(heartbeat("celery@mail-0", TIME, 3), heartbeat("celery@mail-1", TIME, 0));

        assertEquals(
                new Workers.Reported(
                        List.of(new WorkerReport("mail-0", STAMP, 3), new WorkerReport("mail-1", STAMP, 0)),
                        Duration.ofSeconds(10)),
                workers);
    }

    @Test
    void aHeartbeatAsARealWorkerPublishedItIsRead() {
        String real = """
            {"body": "eyJob3N0bmFtZSI6ICJjZWxlcnlAcG9kLWEiLCAidXRjb2Zmc2V0IjogMC4wLCAicGlkIjogNDI1NiwgImNsb2NrIjogNiwgImZyZXEiOiAyLjAsICJhY3RpdmUiOiAxLCAicHJvY2Vzc2VkIjogMSwgImxvYWRhdmciOiBbMy41OCwgMi41MSwgMS43N10sICJzd19pZGVudCI6ICJweS1jZWxlcnkiLCAic3dfdmVyIjogIjUuNy4wIiwgInN3X3N5cyI6ICJMaW51eCIsICJ0aW1lc3RhbXAiOiAxNzk1MjYyMzIzLjI0NzM2OTgsICJ0eXBlIjogIndvcmtlci1oZWFydGJlYXQifQ==", \
            "content-encoding": "utf-8", "content-type": "application/json", "headers": {"hostname": "celery@pod-a"}, "properties": {"delivery_mode": 1, "delivery_info": {"exchange": "celeryev", "routing_key": "worker.heartbeat"}, "priority": 0, "body_encoding": "base64", "delivery_tag": "54cd6b17-3685-4d15-b225-ebe183aed6dc"}}""";

        assertEquals(Optional.of(new WorkerReport("celery@pod-a", STAMP, 1)), CELERY.report(CHANNEL, real));
    }

    @Test
    void twoNodesOnOneHostRunWhatBothRunAndAreAsOldAsTheOlder() {
        Workers workers = heard(heartbeat("a@mail-0", TIME + 2, 1), heartbeat("b@mail-0", TIME, 2));

        assertEquals(List.of(new WorkerReport("mail-0", STAMP, 3)), ((Workers.Reported) workers).reports());
    }

    @ParameterizedTest
    @ValueSource(strings = {"online", "offline"})
    void aWorkerThatComesOrGoesIsHeardOnlyIfItWorks(String type) {
        assertEquals(Optional.empty(), CELERY.report(CHANNEL, event(type, "celery@mail-0", TIME, "0")));
        assertEquals(
                Optional.of(new WorkerReport("celery@mail-0", STAMP, 2)),
                CELERY.report(CHANNEL, event(type, "celery@mail-0", TIME, "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-1", "0.5", "\"0\"", "[]", "99999999999999"})
    void aHeartbeatWithoutAPlainCountOfRunningJobsSaysNothing(String active) {
        assertEquals(Optional.empty(), CELERY.report(CHANNEL, event("heartbeat", "celery@mail-0", TIME, active)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mail-0", "celery@"})
    void aNodeWithoutAHostSaysNothing(String node) {
        assertEquals(Optional.empty(), CELERY.report(CHANNEL, heartbeat(node, TIME, 0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e18})
    void aHeartbeatOfNoSensibleTimeSaysNothing(double time) {
        assertEquals(Optional.empty(), CELERY.report(CHANNEL, heartbeat("celery@mail-0", time, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "\u0000\uFFFD", "{\"body\": 7}", "{\"body\": \"e\"}", "{}"})
    void anyOtherMessageSaysNothing(String garbage) {
        assertEquals(Optional.empty(), CELERY.report(CHANNEL, garbage));
        assertEquals(Optional.empty(), CELERY.report(CHANNEL, envelope(garbage, "celery@mail-0")));
    }

    @Test
    void aBodyThatIsNotBase64SaysNothing() {
        assertEquals(
                Optional.empty(),
                CELERY.report(CHANNEL, "{\"body\": \"%%%\", \"properties\": {\"body_encoding\": \"base64\"}}"));
    }

    @Test
    void withoutHeartbeatsNobodyIsKnownToBeIdle() {
        assertEquals(new Workers.Reported(List.of(), Duration.ofSeconds(10)), heard());
    }

    private static Workers heard(String... messages) {
        return assertInstanceOf(
                Workers.Reported.class,
                Round.of(CELERY, "mail").heard(CHANNEL, messages).measured().workers());
    }
}
