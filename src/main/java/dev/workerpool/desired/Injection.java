package dev.workerpool.desired;

import dev.workerpool.api.Celery;
import dev.workerpool.broker.Protocol;
import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.framework.Framework;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether a pool's workers are given their broker, and can be made to verify it as its Broker says. */
public final class Injection {
    /** The reason where a pool cannot work over its broker at all. */
    public static final String BROKER_NOT_SUPPORTED = "BrokerNotSupported";

    private Injection() {}

    static boolean isPossible(Framework framework, Proven proven, List<String> command) {
        return proven.code().isPresent() && !framework.wrapper().isEmpty() && !command.isEmpty();
    }

    /** What workers are given, as a condition: whether it holds, its reason and message. */
    public record Told(boolean holds, String reason, String message) {}

    /** What is to be said of a pool that runs its own workers. */
    public static Told told(PoolSettings settings, Proven proven) {
        Optional<String> mismatch = mismatch(settings, proven);
        if (mismatch.isPresent()) {
            return new Told(false, BROKER_NOT_SUPPORTED, mismatch.get());
        }
        WorkerPod pod = new WorkerPod(settings, proven);
        Optional<String> unverified =
                proven.hasRoots() && !pod.isCoded() ? Optional.of(unverified(settings, proven)) : Optional.empty();
        List<String> theirs = pod.setByAuthor();
        if (theirs.contains(ConnectionKeys.TRUST_VARIABLE) && theirs.size() == 1) {
            return unverified
                    .map(why -> new Told(false, "WorkersUnverified", why))
                    .orElseGet(() -> given(pod, proven));
        }
        if (!theirs.isEmpty()) {
            return new Told(
                    false,
                    "SetByTemplate",
                    "the template sets %s itself, and keeps it: leave it out for what the operator gives"
                                    .formatted(String.join(", ", theirs))
                            + unverified.map(why -> "; " + why).orElse(""));
        }
        return unverified
                .map(why -> new Told(
                        false,
                        isOnlyACommandMissing(settings, proven) ? "InjectionNotPossible" : "WorkersUnverified",
                        why))
                .orElseGet(() -> given(pod, proven));
    }

    private static Told given(WorkerPod pod, Proven proven) {
        String kept = pod.keptBesideOurs()
                .map(name ->
                        "; %s stays the template's, for whatever reads it: a Sidekiq that is configured by it uses that one"
                                .formatted(name))
                .orElse("");
        return proven.hasRoots()
                ? new Told(
                        true,
                        "VerificationEnforced",
                        "workers verify the broker, whatever their application's code says" + kept)
                : new Told(
                        true,
                        "ConnectionGiven",
                        "workers are given the broker; there is nothing to verify it by" + kept);
    }

    private static boolean isOnlyACommandMissing(PoolSettings settings, Proven proven) {
        return proven.code().isPresent() && !settings.framework().wrapper().isEmpty();
    }

    private static String unverified(PoolSettings settings, Proven proven) {
        return "workers verify the broker by their environment alone, which an application that switches verification off overrules: "
                + obstacle(settings, proven);
    }

    /** Why this pool's workers cannot be made to verify and to present themselves as the Broker asks, where that is more than every client does. */
    public static Optional<String> fault(PoolSettings settings, Proven proven) {
        if (!proven.takesCode(settings.framework().presentsByItself())) {
            return Optional.empty();
        }
        List<String> command = new WorkerPod(settings, proven).wrappable();
        if (isPossible(settings.framework(), proven, command)) {
            return Optional.empty();
        }
        return Optional.of("%s, and %s; workers keep what they have"
                .formatted(
                        proven.verification()
                                .map("the broker is verified otherwise than by chain and name (%s)"::formatted)
                                .orElse(
                                        proven.protocol() == Protocol.AMQP
                                                ? "over amqps:// no URL and no variable makes a worker verify the broker"
                                                : "the broker is presented a client certificate"),
                        obstacle(settings, proven)));
    }

    /** Why this pool's framework cannot work over such a broker at all. */
    public static Optional<String> mismatch(PoolSettings settings, Proven proven) {
        if (proven.protocol() == Protocol.Redis) {
            return Optional.empty();
        }
        if (settings.framework().amqp().isEmpty()) {
            return Optional.of(
                    "the broker is a RabbitMQ, which framework %s does not use here; give the pool a Broker with a redis:// URL"
                            .formatted(settings.spec().framework()));
        }
        return Optional.ofNullable(settings.spec().celery())
                .map(Celery::resultBackend)
                .map(any ->
                        "the broker is a RabbitMQ, which keeps no results: leave celery.resultBackend out, and say in the application "
                                + "where they are kept");
    }

    /** Why this pool's workers cannot be made to sign messages, and to refuse unsigned ones, where they are to. */
    public static Optional<String> unsigned(PoolSettings settings, Proven proven) {
        if (proven.signing().isEmpty()) {
            return Optional.empty();
        }
        WorkerPod pod = new WorkerPod(settings, proven);
        List<String> theirs = pod.setByAuthor().stream()
                .filter(name -> name.equals(ConnectionKeys.SIGNING_VARIABLE) || name.equals(ConnectionKeys.SIGNING_DIR))
                .toList();
        if (!theirs.isEmpty()) {
            return Optional.of("the template sets %s itself: leave it out; workers keep what they have"
                    .formatted(String.join(", ", theirs)));
        }
        return isPossible(settings.framework(), proven, pod.wrappable())
                ? Optional.empty()
                : Optional.of("messages are to be signed, and %s; workers keep what they have"
                        .formatted(obstacle(settings, proven)));
    }

    /** What the mounted code lacks. */
    private static String obstacle(PoolSettings settings, Proven proven) {
        if (settings.framework().wrapper().isEmpty()) {
            return "no code can be mounted into workers of framework "
                    + Objects.requireNonNull(settings.spec().framework());
        }
        if (proven.code().isEmpty()) {
            return "that takes mounted code, which there is for one server alone, not for sentinels and clusters";
        }
        return "that takes mounted code before a command that is known: give the worker's command in the template, and leave "
                + ConnectionKeys.TRUST_VARIABLE
                + " to the operator";
    }
}
