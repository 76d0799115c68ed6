package dev.workerpool.framework;

import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resque's workers, all queues' together, by their names {@code HOST:PID:QUEUES}. A worker's key is there while it works,
 * and stays there after a kill: so those of the pool's own pods are asked, and no others counted.
 */
record ResqueWorkers(String keyPrefix) {
    /** A worker beats once a minute, from a thread of its own. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(150);

    static final int LIMIT = 2000;

    List<Read> reads() {
        return List.of(names());
    }

    List<Read> followUps(Replies first) {
        List<String> names = names(first);
        return names.isEmpty()
                ? List.of()
                : Stream.concat(Stream.of(beats(names)), names.stream().map(this::working))
                        .toList();
    }

    /** One report a host. A host of which one worker cannot be read is left out: so it is silent, and not idle. */
    Workers interpret(Replies replies) {
        if (replies.texts(names()).isEmpty()) {
            return new Workers.Untold(replies.refusal(names()));
        }
        List<String> names = names(replies);
        Optional<List<Optional<String>>> beats = names.isEmpty() ? Optional.of(List.of()) : replies.texts(beats(names));
        if (beats.isEmpty()) {
            return new Workers.Untold(replies.refusal(beats(names)));
        }
        Map<String, WorkerReport> hosts = new TreeMap<>();
        Set<String> unreadable = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Optional<Instant> beat = beats.get()
                    .get(i)
                    .flatMap(ResqueWorkers::time)
                    .filter(at -> replies.count(working(name)).known());
            int running = (int) replies.count(working(name)).atLeast();
            beat.ifPresentOrElse(
                    at -> hosts.merge(
                            host(name),
                            new WorkerReport(host(name), at, running, queues(name)),
                            WorkerReports::together),
                    () -> unreadable.add(host(name)));
        }
        hosts.keySet().removeAll(unreadable);
        return new Workers.Reported(List.copyOf(hosts.values()), SILENT_AFTER);
    }

    private Read names() {
        return new Read.SetMembers(keyPrefix + ":workers", LIMIT);
    }

    private List<String> names(Replies replies) {
        return replies.texts(names()).orElse(List.of()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Read working(String name) {
        return new Read.Exists(keyPrefix + ":worker:" + name);
    }

    private Read beats(List<String> names) {
        return new Read.HashFields(keyPrefix + ":workers:heartbeat", names);
    }

    private static String host(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** Unknown where it has patterns: {@code *} stands for whatever queues there will be. */
    private static Optional<Set<String>> queues(String name) {
        String[] parts = name.split(":", 3);
        return parts.length < 3 || parts[2].matches(".*[*!?\\[{].*")
                ? Optional.empty()
                : Optional.of(Stream.of(parts[2].split(",")).collect(Collectors.toSet()));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
