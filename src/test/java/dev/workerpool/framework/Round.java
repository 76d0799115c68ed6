package dev.workerpool.framework;

import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Redis in words: what each key answers in one round. What is not said is empty, as in a real one. */
final class Round {
    static final Instant NOW = Instant.parse("2026-11-21T11:00:00Z");

    private final Framework framework;
    private final List<String> queues;
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, List<String>> members = new HashMap<>();
    private final Map<String, List<Double>> scores = new HashMap<>();
    private final Map<String, Map<String, Double>> dated = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Map<String, String>> hashes = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final List<WorkerReport> heard = new ArrayList<>();
    private Duration ahead = Duration.ZERO;

    private Round(Framework framework, List<String> queues) {
        this.framework = framework;
        this.queues = queues;
    }

    static Round of(Framework framework, String... queues) {
        return new Round(framework, List.of(queues));
    }

    /** Its workers take so long to start. */
    Round ahead(Duration startUp) {
        ahead = startUp;
        return this;
    }

    /** The first is the newest, the last the tail. */
    Round list(String key, String... elements) {
        lists.put(key, List.of(elements));
        return this;
    }

    Round members(String key, String... texts) {
        members.put(key, List.of(texts));
        return this;
    }

    Round members(String key, List<String> texts) {
        members.put(key, texts);
        return this;
    }

    Round scores(String key, Double... each) {
        scores.put(key, List.of(each));
        return this;
    }

    Round dated(String key, Map<String, Double> members) {
        dated.put(key, members);
        return this;
    }

    Round count(String key, long value) {
        counts.put(key, value);
        return this;
    }

    Round hash(String key, Map<String, String> fields) {
        hashes.put(key, fields);
        return this;
    }

    Round refused(String key, String why) {
        refused.put(key, why);
        return this;
    }

    Round heard(String channel, String... messages) {
        Arrays.stream(messages)
                .flatMap(m -> framework.report(channel, m).stream())
                .forEach(heard::add);
        return this;
    }

    Measured measured() {
        List<Read> first = framework.reads(queues, new Moment(NOW, ahead));
        List<Read> second = framework.followUps(queues, replies(first.stream()));
        return framework.interpret(queues, replies(Stream.of(first, second).flatMap(List::stream)), heard, NOW);
    }

    QueueReading queue(String name) {
        return measured().queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Replies replies(Stream<Read> reads) {
        Map<Read, Reply> replies = new HashMap<>();
        reads.forEach(read -> replies.put(read, reply(read)));
        return new Replies(NOW, replies).ahead(ahead);
    }

    private Reply reply(Read read) {
        String why = refused.get(read.key());
        if (why != null) {
            return new Reply.Refused(why);
        }
        List<String> list = lists.getOrDefault(read.key(), List.of());
        List<String> texts = members.getOrDefault(read.key(), List.of());
        return switch (read) {
            case Read.ListLength length -> new Reply.Count(counts.getOrDefault(length.key(), (long) list.size()));
            case Read.ListElement element ->
                new Reply.Text(
                        list.isEmpty()
                                ? Optional.empty()
                                : Optional.of(element.index() == 0 ? list.getFirst() : list.getLast()));
            case Read.HashSize size -> new Reply.Count(counts.getOrDefault(size.key(), (long) texts.size()));
            case Read.SetSize size -> new Reply.Count(counts.getOrDefault(size.key(), 0L));
            case Read.SortedSetSize size -> new Reply.Count(counts.getOrDefault(size.key(), 0L));
            case Read.SortedSetCount between ->
                new Reply.Count(scores.getOrDefault(between.key(), List.of()).stream()
                        .filter(score -> score > between.above() && score <= between.upTo())
                        .count());
            case Read.SortedSetNext next ->
                new Reply.Text(scores.getOrDefault(next.key(), List.of()).stream()
                        .filter(score -> score > next.above())
                        .min(Double::compare)
                        .map(String::valueOf));
            case Read.Exists exists -> new Reply.Count(counts.getOrDefault(exists.key(), 0L));
            case Read.StreamLength length -> new Reply.Count(counts.getOrDefault(length.key(), 0L));
            case Read.SetMembers all -> texts(texts, all.limit());
            case Read.HashValues all -> Gist.of(all, texts(texts, all.limit()));
            case Read.ListElements all -> Gist.of(all, texts(list, all.limit()));
            case Read.SortedSetScores all -> new Reply.Scores(dated.getOrDefault(all.key(), Map.of()));
            case Read.SortedSetUpTo upTo ->
                texts(texts.stream().limit(upTo.limit()).toList(), upTo.limit());
            case Read.HashFields fields -> {
                Map<String, String> hash = hashes.getOrDefault(fields.key(), Map.of());
                yield new Reply.Texts(fields.fields().stream()
                        .map(field -> Optional.ofNullable(hash.get(field)))
                        .toList());
            }
        };
    }

    private static Reply texts(List<String> texts, int limit) {
        return texts.size() > limit
                ? new Reply.Refused("too many")
                : new Reply.Texts(texts.stream().map(Optional::of).toList());
    }
}
