package dev.workerpool.broker.dialling;

import dev.workerpool.scaling.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last report of each worker on one pattern of channels. A worker that is long silent is forgotten. */
public final class Hearsay {
    static final Duration FORGET_AFTER = Duration.ofMinutes(5);

    /** Anybody who may publish can make up names. */
    static final int MOST_WORKERS = 20_000;

    private record Heard(WorkerReport report, Instant at) {}

    /** The one that was heard last stands last. */
    private final Map<String, Heard> workers = new LinkedHashMap<>();

    public void hear(WorkerReport report, Instant now) {
        workers.remove(report.host());
        workers.put(report.host(), new Heard(report, now));
        if (workers.size() > MOST_WORKERS) {
            workers.remove(workers.keySet().iterator().next());
        }
    }

    public List<WorkerReport> reports(Instant now) {
        workers.values().removeIf(heard -> heard.at().plus(FORGET_AFTER).isBefore(now));
        return workers.values().stream().map(Heard::report).toList();
    }
}
