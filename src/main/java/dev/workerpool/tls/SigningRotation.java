package dev.workerpool.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How messages come to be signed, and how one key follows another, without a message being dropped: known to all, then used, then forgotten.
 * From what the Secret holds follows the next single write; whoever takes over from one that was killed does the same.
 *
 * <p>Celery does not start with a certificate in its store that has ended. So what nears its end leaves the stores by itself, whoever has
 * not been restarted: nothing waits for that.
 *
 * @param terms how long a certificate is good, when there is another, and which change of all keys people asked for last
 * @param acceptFormer so long after nobody sends it any more, what was sent before is taken
 * @param wanted who is to sign, by name
 * @param on whether messages are to be signed at all
 */
public record SigningRotation(LeafTerms terms, Duration acceptFormer, Set<String> wanted, boolean on) {
    /** Of the time between a renewal and an end: when another key is used, and when the old one is forgotten, whoever is in the way. */
    private static final int USED_AT_LAST = 2;

    private static final int FORGOTTEN_AT_LAST = 4;

    private static final String CLIENT = "client/";

    public SigningRotation {
        wanted = Set.copyOf(wanted);
    }

    /**
     * What is so outside.
     *
     * @param behind who runs, or would start, with anything else than what follows from the Secret, for people
     */
    public record Seen(Instant now, Supplier<List<String>> behind) {}

    /** What is to be done next. */
    public sealed interface Step {
        /** Nothing before that. */
        record Keep(Instant until) implements Step {}

        /** To be written. */
        record Write(Signers now) implements Step {}

        /**
         * To be written, with new keys for these.
         *
         * @param atOnce whether they use them at once
         */
        record Issue(Set<String> whom, boolean atOnce) implements Step {
            public Issue {
                whom = Set.copyOf(whom);
            }
        }

        /** For whom, for people. */
        record Await(List<String> whom) implements Step {
            public Await {
                whom = List.copyOf(whom);
            }
        }

        /** For what was sent before, which may be in queues. */
        record LetDrain(Instant until) implements Step {}
    }

    public Step next(Signers held, Seen seen) {
        Instant now = seen.now();
        Optional<Step> due = ended(held, now).or(() -> departed(held));
        if (due.isPresent()) {
            return due.get();
        }
        Step wished = wished(held, now);
        return switch (wished) {
            case Step.Keep keep -> keep;
            case Step.LetDrain drain -> drain;
            case Step.Await await -> await;
            case Step.Write write -> onceTogether(wished, seen);
            case Step.Issue issue -> onceTogether(wished, seen);
        };
    }

    /** Whatever is done next takes all who run to go by what was done before. */
    private static Step onceTogether(Step wished, Seen seen) {
        List<String> behind = seen.behind().get();
        return behind.isEmpty() ? wished : new Step.Await(behind);
    }

    private Step wished(Signers held, Instant now) {
        if (has(held, signer -> signer.next().isPresent())) {
            return new Step.Write(held.each(Signer::switched).unsettled());
        }
        Set<String> whom = on ? due(held, now) : Set.of();
        if (!whom.isEmpty()) {
            return new Step.Issue(whom, false);
        }
        return drained(held, now).orElseGet(() -> phase(held, now));
    }

    /** What comes near its end is not waited for. */
    private Optional<Step> ended(Signers held, Instant now) {
        if (has(
                held,
                signer -> signer.next().isPresent()
                        && signer.inUse()
                                .filter(it -> isPast(it, USED_AT_LAST, now))
                                .isPresent())) {
            return Optional.of(new Step.Write(held.each(signer -> signer.inUse()
                                    .filter(it -> isPast(it, USED_AT_LAST, now))
                                    .isPresent()
                            ? signer.switched()
                            : signer)
                    .unsettled()));
        }
        Predicate<Credential> leaves = credential -> isPast(credential, FORGOTTEN_AT_LAST, now);
        Set<String> replaced =
                names(held, signer -> signer.inUse().filter(leaves).isPresent());
        if (!replaced.isEmpty()) {
            return Optional.of(new Step.Issue(replaced, true));
        }
        return has(held, signer -> signer.known().stream().anyMatch(leaves))
                ? Optional.of(new Step.Write(held.each(signer -> new Signer(
                        signer.inUse(),
                        signer.next().filter(leaves.negate()),
                        signer.former().stream().filter(leaves.negate()).toList()))))
                : Optional.empty();
    }

    /** A pool that is gone may have left messages. A client is taken from the list by people: it is not believed any more. */
    private Optional<Step> departed(Signers held) {
        return held.all().entrySet().stream()
                .filter(entry -> on && !wanted.contains(entry.getKey()))
                .filter(entry -> entry.getKey().startsWith(CLIENT)
                        || entry.getValue().inUse().isPresent()
                        || entry.getValue().next().isPresent())
                .findFirst()
                .map(entry -> new Step.Write((entry.getKey().startsWith(CLIENT)
                                ? held.without(entry.getKey())
                                : held.with(entry.getKey(), entry.getValue().departed()))
                        .unsettled()));
    }

    private Set<String> due(Signers held, Instant now) {
        boolean all = !terms.asked().isEmpty() && !terms.asked().equals(held.done());
        return wanted.stream()
                .filter(name -> all
                        || held.signer(name)
                                .flatMap(Signer::inUse)
                                .filter(it -> now.isBefore(terms.renewal(it.from(), it.until())))
                                .isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Once nobody signs by a former key, and what was signed by it had its time, it is forgotten. */
    private Optional<Step> drained(Signers held, Instant now) {
        return held.hasFormer()
                ? Optional.of(afterwards(held, held.each(Signer::withoutFormer), now))
                : Optional.empty();
    }

    private Step phase(Signers held, Instant now) {
        SigningPhase goal = on ? SigningPhase.Enforced : SigningPhase.Off;
        if (held.phase() == goal) {
            return new Step.Keep(lookAgain(held, now));
        }
        SigningPhase next = held.phase().towards(goal);
        return held.phase().dropsBy(next) ? afterwards(held, held.in(next), now) : new Step.Write(held.in(next));
    }

    private Step afterwards(Signers held, Signers then, Instant now) {
        if (held.settled().isEmpty()) {
            return new Step.Write(held.settledAt(now));
        }
        Instant drained = held.settled().get().plus(acceptFormer);
        return now.isBefore(drained) ? new Step.LetDrain(drained) : new Step.Write(then);
    }

    private Instant lookAgain(Signers held, Instant now) {
        return held.all().values().stream()
                .flatMap(signer -> Stream.concat(
                        signer.inUse().stream().map(it -> terms.renewal(it.from(), it.until())),
                        signer.known().stream().map(it -> atLast(it, FORGOTTEN_AT_LAST))))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private boolean isPast(Credential credential, int part, Instant now) {
        return !now.isBefore(atLast(credential, part));
    }

    private Instant atLast(Credential credential, int part) {
        Instant renewal = terms.renewal(credential.from(), credential.until());
        return credential
                .until()
                .minus(Duration.between(renewal, credential.until()).dividedBy(part));
    }

    private static boolean has(Signers held, Predicate<Signer> what) {
        return held.all().values().stream().anyMatch(what);
    }

    private static Set<String> names(Signers held, Predicate<Signer> what) {
        return held.all().entrySet().stream()
                .filter(entry -> what.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
