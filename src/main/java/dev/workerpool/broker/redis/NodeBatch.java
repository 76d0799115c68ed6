package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.framework.Gist;
import dev.workerpool.framework.Read;
import dev.workerpool.framework.Reply;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Many commands written at once to one server, on a connection that is used for nothing else. What the server refuses spoils its own
 * answer alone; a lost connection fails the batch.
 */
final class NodeBatch {
    private final Endpoint at;
    private final StatefulRedisConnection<String, String> connection;
    private final Commands commands;
    private final Supplier<CompletableFuture<Void>> check;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param check asked beside each batch; where it fails, what was answered does not count */
    NodeBatch(Node node, Supplier<CompletableFuture<Void>> check) {
        this.at = node.at();
        this.connection = node.connection();
        this.check = check;
        this.commands = new Commands(connection.async());
        connection.setAutoFlushCommands(false);
    }

    /** What was answered, and what lies elsewhere. */
    record Sent(Map<Read, Reply> replies, Map<Read, Redirect> redirects) {}

    /** Answers each read; a second, small batch asks what keys of an unexpected type hold instead. */
    CompletableFuture<Sent> send(Collection<Read> reads) {
        return sorted(all(reads, this::answer));
    }

    /** The same, of keys that are on their way to this server from another. */
    CompletableFuture<Sent> sendAsking(Collection<Read> reads) {
        return sorted(all(reads, read -> {
            Unawaited.result(connection.async().asking());
            return answer(read);
        }));
    }

    private CompletableFuture<Sent> sorted(CompletableFuture<Map<Read, Answer>> sent) {
        return sent.thenCompose(answers -> {
            Map<Read, Reply> replies = new LinkedHashMap<>();
            Map<Read, Redirect> redirects = new LinkedHashMap<>();
            Map<Read, WrongType> wrong = new LinkedHashMap<>();
            answers.forEach((read, answer) -> {
                switch (answer) {
                    case Given given -> replies.put(read, given.reply());
                    case Elsewhere elsewhere -> redirects.put(read, elsewhere.redirect());
                    case WrongType type -> wrong.put(read, type);
                }
            });
            Sent first = new Sent(replies, redirects);
            if (wrong.isEmpty()) {
                return CompletableFuture.completedFuture(first);
            }
            return all(wrong.keySet(), this::typeOf).thenApply(types -> {
                replies.putAll(types);
                return first;
            });
        });
    }

    /** Done when the server has answered, and with it everything that it said before. */
    CompletableFuture<Void> ping() {
        CompletableFuture<String> answer = connection.async().ping().toCompletableFuture();
        CompletableFuture<Void> checked = check.get();
        connection.flushCommands();
        waiting.incrementAndGet();
        return answer.handle((pong, failure) -> {
                    // A login that may not PING was answered, too; any other error says that the server does not serve.
                    if (failure != null && !error(failure).startsWith("NOPERM")) {
                        throw new CompletionException(Failures.cause(failure));
                    }
                    return pong;
                })
                .thenCompose(pong -> checked)
                .whenComplete((done, failure) -> waiting.decrementAndGet());
    }

    /** How many of these keys there are; fails with what the server says against it. */
    CompletableFuture<Long> existing(Collection<String> keys) {
        CompletableFuture<Long> answer =
                connection.async().exists(keys.toArray(String[]::new)).toCompletableFuture();
        connection.flushCommands();
        return answer;
    }

    /** The same, key by key: a command with keys of several slots is refused in a cluster. */
    CompletableFuture<Long> existingEach(Collection<String> keys) {
        List<CompletableFuture<Long>> counts = keys.stream()
                .map(key -> connection.async().exists(key).toCompletableFuture())
                .toList();
        connection.flushCommands();
        return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        counts.stream().mapToLong(CompletableFuture::join).sum());
    }

    /** Whether something was asked that is not answered yet. */
    boolean isWaiting() {
        return waiting.get() > 0;
    }

    private sealed interface Answer {}

    private record Given(Reply reply) implements Answer {}

    private record Elsewhere(Redirect redirect) implements Answer {}

    private record WrongType() implements Answer {}

    private <T> CompletableFuture<Map<Read, T>> all(
            Collection<Read> reads, Function<Read, CompletionStage<T>> command) {
        Map<Read, CompletableFuture<T>> sent = new LinkedHashMap<>();
        reads.forEach(read -> sent.put(read, command.apply(read).toCompletableFuture()));
        CompletableFuture<Void> checked = check.get();
        connection.flushCommands();
        waiting.incrementAndGet();
        return CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new))
                .thenCompose(done -> checked)
                .thenApply(done -> {
                    Map<Read, T> answers = new LinkedHashMap<>();
                    sent.forEach((read, answer) -> answers.put(read, answer.join()));
                    return answers;
                })
                .whenComplete((done, failure) -> waiting.decrementAndGet());
    }

    private CompletionStage<Answer> answer(Read read) {
        return commands.send(read)
                .<Answer>thenApply(reply -> new Given(Gist.of(read, Refusals.complete(read, reply))))
                .exceptionally(failure -> {
                    String error = error(failure);
                    if (Refusals.isWrongType(error)) {
                        return new WrongType();
                    }
                    return Redirect.of(error, at)
                            .<Answer>map(Elsewhere::new)
                            .orElseGet(() -> new Given(Refusals.of(read, error)));
                });
    }

    private CompletionStage<Reply> typeOf(Read read) {
        return connection
                .async()
                .type(read.key())
                .<Reply>thenApply(type -> Refusals.wrongType(read, type))
                .exceptionally(failure -> {
                    error(failure);
                    return Refusals.wrongType(read, "");
                });
    }

    /** What the server said; anything but a refusal by the server goes on as it is. */
    private static String error(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof RedisCommandExecutionException) {
            return String.valueOf(cause.getMessage());
        }
        throw new CompletionException(cause);
    }
}
