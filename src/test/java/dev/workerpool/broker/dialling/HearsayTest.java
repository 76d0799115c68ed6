package dev.workerpool.broker.dialling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.WorkerReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HearsayTest {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

    @Test
    void theLastReportOfEachWorkerCounts() {
        Hearsay hearsay = new Hearsay();
        hearsay.hear(report("a", 1), START);
        hearsay.hear(report("b", 2), START);
        hearsay.hear(report("a", 3), START.plusSeconds(2));

        assertEquals(List.of(report("b", 2), report("a", 3)), hearsay.reports(START.plusSeconds(3)));
    }

    @Test
    void aWorkerThatIsLongSilentIsForgotten() {
        Hearsay hearsay = new Hearsay();
        hearsay.hear(report("a", 1), START);
        hearsay.hear(report("b", 2), START.plusSeconds(200));

        assertEquals(2, hearsay.reports(START.plusSeconds(300)).size());
        assertEquals(List.of(report("b", 2)), hearsay.reports(START.plusSeconds(301)));
    }

    @Test
    void madeUpNamesPushOutTheOldestAndFillNoMemory() {
        Hearsay hearsay = new Hearsay();
        for (int i = 0; i <= Hearsay.MOST_WORKERS; i++) {
            hearsay.hear(report("worker-" + i, 0), START);
        }

        List<WorkerReport> reports = hearsay.reports(START);
        assertEquals(Hearsay.MOST_WORKERS, reports.size());
        assertEquals("worker-1", reports.getFirst().host());
    }

    private static WorkerReport report(String host, int running) {
        return new WorkerReport(host, START, running);
    }
}
