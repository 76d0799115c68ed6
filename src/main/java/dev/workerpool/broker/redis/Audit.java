package dev.workerpool.broker.redis;

import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for everything again that is taken for known, to see whether a change was not announced. Keys that hold nothing are asked
 * for together, a thousand in one command, so that this costs little however many pools are at rest.
 */
final class Audit implements Question {
    private static final int AT_ONCE = 1000;

    private final List<List<String>> empty = new ArrayList<>();
    private final Map<Read, Reply> filled;
    private final Set<String> changed = new HashSet<>();

    Audit(Known known) {
        List<String> keys = known.empty();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            empty.add(keys.subList(from, Math.min(keys.size(), from + AT_ONCE)));
        }
        filled = Map.copyOf(known.filled());
    }

    /** Of these keys nothing was missed. */
    @Override
    public void change(Collection<String> keys) {
        changed.addAll(keys);
    }

    /** What the server says now; to be judged after all that it announced before. */
    record Seen(List<Long> existing, Map<Read, Reply> filled) {}

    CompletableFuture<Seen> ask(Batch batch) {
        List<CompletableFuture<Long>> counts =
                empty.stream().map(batch::existing).toList();
        CompletableFuture<Map<Read, Reply>> replies = batch.send(filled.keySet());
        // A key whose time to live has run out is deleted by this very reading, and announced just after its answer.
        return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new))
                .thenCombine(replies, (done, values) -> values)
                .thenCompose(values -> batch.ping().thenApply(pong -> values))
                .thenApply(values -> {
                    List<Long> existing =
                            counts.stream().map(CompletableFuture::join).toList();
                    return new Seen(existing, new HashMap<>(values));
                });
    }

    /** A key that has changed without a word, where there is one. */
    Optional<String> missed(Seen seen) {
        for (int chunk = 0; chunk < empty.size(); chunk++) {
            // Of a thousand keys the count alone tells: where one of them was announced meanwhile, it may be that one.
            if (seen.existing().get(chunk) > 0 && empty.get(chunk).stream().noneMatch(changed::contains)) {
                return Optional.of(
                        "one of %d that were empty".formatted(empty.get(chunk).size()));
            }
        }
        return filled.entrySet().stream()
                .filter(entry -> !changed.contains(entry.getKey().key()))
                .filter(entry -> !entry.getValue().equals(seen.filled().get(entry.getKey())))
                .filter(entry -> !(seen.filled().get(entry.getKey()) instanceof Reply.Refused))
                .map(entry -> Refusals.readable(entry.getKey().key()))
                .findFirst();
    }
}
