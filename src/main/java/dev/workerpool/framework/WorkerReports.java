package dev.workerpool.framework;

import dev.workerpool.scaling.WorkerReport;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several workers on one host: one pod may run more than one process. */
final class WorkerReports {
    private WorkerReports() {}

    /** Both run what each of them runs; the older report counts, so that one cannot speak for the other. */
    static WorkerReport together(WorkerReport one, WorkerReport other) {
        return new WorkerReport(
                one.host(),
                one.stamp().isBefore(other.stamp()) ? one.stamp() : other.stamp(),
                (int) Math.min(Integer.MAX_VALUE, (long) one.running() + other.running()),
                one.queues().flatMap(some -> other.queues().map(more -> union(some, more))));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
    }
}
