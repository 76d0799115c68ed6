package dev.workerpool.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks who runs with what a Broker's clients held before: at most so often, however often the Broker is looked at. */
final class FormerUse {
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);

    private final Who holders;
    private final Clock clock;
    private final Map<BrokerKey, Answer> answers = new ConcurrentHashMap<>();

    /** Who runs with what Secrets of a namespace held before they changed: by Secret, as it is given when. */
    @FunctionalInterface
    interface Who {
        Map<String, List<String>> of(String namespace, Map<String, Instant> changed);
    }

    FormerUse(Who holders, Clock clock) {
        this.holders = holders;
        this.clock = clock;
    }

    private record Answer(Map<String, Instant> changed, Instant at, Map<String, List<String>> former) {}

    /** By Secret, who runs with what it held before it changed; see {@link ClientHolders#of}. */
    Map<String, List<String>> of(BrokerKey broker, Map<String, Instant> changed) {
        if (changed.isEmpty()) {
            answers.remove(broker);
            return Map.of();
        }
        return answers.compute(broker, (key, last) -> last != null && isGood(last, changed) ? last : ask(key, changed))
                .former();
    }

    private boolean isGood(Answer answer, Map<String, Instant> changed) {
        return answer.changed().equals(changed)
                && clock.instant().isBefore(answer.at().plus(AT_MOST_EVERY));
    }

    private Answer ask(BrokerKey broker, Map<String, Instant> changed) {
        return new Answer(changed, clock.instant(), holders.of(broker.namespace(), changed));
    }

    void forget(BrokerKey broker) {
        answers.remove(broker);
    }
}
