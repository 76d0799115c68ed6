package dev.workerpool.framework;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sidekiq's processes as they beat into Redis, all queues' together. A process lives only if both its name in the set
 * and its hash exist: after a clean exit the hash lingers for a minute, after a kill the name does.
 */
final class SidekiqProcesses {
    /** Beats come every 5 s in Sidekiq 6 and every 10 s in 7 and 8. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(30);

    static final int LIMIT = 2000;

    static final Read MEMBERS = new Read.SetMembers("processes", LIMIT);

    private SidekiqProcesses() {}

    static List<Read> followUps(Replies first) {
        return identities(first).stream().map(SidekiqProcesses::hash).toList();
    }

    /**
     * One report a host: what all its processes run, as old as the oldest beat. A host of which one process cannot be
     * read is left out: so it is silent, and not idle.
     */
    static Workers interpret(Replies replies) {
        if (replies.texts(MEMBERS).isEmpty()) {
            return new Workers.Untold(replies.refusal(MEMBERS));
        }
        Map<String, WorkerReport> hosts = new TreeMap<>();
        Set<String> unreadable = new HashSet<>();
        for (String identity : identities(replies)) {
            Optional<List<Optional<String>>> hash = replies.texts(hash(identity));
            if (hash.isEmpty()) {
                return new Workers.Untold(replies.refusal(hash(identity)));
            }
            if (hash.get().stream().allMatch(Optional::isEmpty)) {
                continue;
            }
            Optional<WorkerReport> report = report(identity, hash.get());
            report.ifPresentOrElse(
                    process -> hosts.merge(process.host(), process, WorkerReports::together),
                    () -> unreadable.add(host(identity)));
        }
        hosts.keySet().removeAll(unreadable);
        return new Workers.Reported(List.copyOf(hosts.values()), SILENT_AFTER);
    }

    private static List<String> identities(Replies replies) {
        return replies.texts(MEMBERS).orElse(List.of()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Read hash(String identity) {
        return new Read.HashFields(identity, List.of("info", "busy", "beat"));
    }

    /** {@code hostname:pid:nonce}. */
    private static String host(String identity) {
        int colon = identity.indexOf(':');
        return colon < 0 ? identity : identity.substring(0, colon);
    }

    private static Optional<WorkerReport> report(String identity, List<Optional<String>> hash) {
        if (hash.size() != 3) {
            return Optional.empty();
        }
        Optional<JsonNode> info = hash.get(0).flatMap(Json::object);
        String host = info.flatMap(fields -> Json.text(fields, "hostname")).orElseGet(() -> host(identity));
        Optional<Integer> busy =
                hash.get(1).filter(text -> text.matches("[0-9]{1,6}")).map(Integer::valueOf);
        Optional<Instant> beat = hash.get(2)
                .filter(text -> text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?"))
                .flatMap(text -> Json.time(Double.parseDouble(text)));
        Optional<Set<String>> queues = info.flatMap(SidekiqProcesses::queues);
        return busy.flatMap(running -> beat.map(at -> new WorkerReport(host, at, running, queues)));
    }

    /** A list of them, or in 8 the weights that each capsule gives them. */
    private static Optional<Set<String>> queues(JsonNode info) {
        return Json.texts(info, "queues")
                .or(() -> Optional.of(info.path("capsules")
                                .valueStream()
                                .flatMap(capsule -> capsule.path("weights").propertyStream())
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet()))
                        .filter(names -> !names.isEmpty()));
    }
}
