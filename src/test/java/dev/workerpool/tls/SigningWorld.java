package dev.workerpool.tls;

import dev.workerpool.tls.SigningRotation.Seen;
import dev.workerpool.tls.SigningRotation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pools whose pods come and go, a client that is restarted by people, messages that wait in a queue, and an operator that may die at each
 * write: as far as signatures are concerned.
 */
final class SigningWorld {
    static final Duration ACCEPT_FORMER = Duration.ofHours(24);
    private static final String CLIENT = "client/web";
    private static final LeafTerms TERMS = new LeafTerms(Duration.ofDays(90), Optional.empty(), "");

    /** What one who runs was started with. Of one without a key it knows nobody, and signs nothing. */
    private record Held(Optional<Credential> key, boolean signs, boolean requires, Set<Credential> store) {
        static final Held NOTHING = new Held(Optional.empty(), false, false, Set.of());

        boolean takes(Message message, Instant now) {
            return message.by().isEmpty()
                    ? !requires
                    : store.contains(message.by().get())
                            && now.isBefore(message.by().get().until());
        }

        Message message(Instant now) {
            return new Message(key.filter(has -> signs).map(Credential::withoutKey), now);
        }
    }

    private record Message(Optional<Credential> by, Instant at) {}

    private record Pod(String pool, Held held) {}

    private final Random random;
    private final List<String> told = new ArrayList<>();
    private final Map<String, Held> templates = new TreeMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<Message> queue = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private Signers secret = Signers.NONE;
    private Held clientsSecret = Held.NOTHING;
    private Held client = Held.NOTHING;
    private boolean on = true;
    private boolean stubborn;
    private int asked;
    private int made;

    SigningWorld(Random random) {
        this.random = random;
        List.of("pool/mail", "pool/reports").forEach(this::join);
    }

    /** Its client is never restarted again. */
    void clientIsStubborn() {
        stubborn = true;
    }

    /** One thing, whichever. */
    void something() {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> step(random.nextInt(3) > 0);
            case 3, 4 -> templates.keySet().forEach(pool -> maybe(3, () -> roll(pool)));
            case 5 -> end(random.nextInt(pods.size() + 1));
            case 6 -> templates.forEach((pool, held) -> maybe(2, () -> pods.add(new Pod(pool, held))));
            case 7, 8 -> send();
            case 9 -> clientsSecret = desired(CLIENT, clientsSecret);
            case 10 -> restartClient();
            case 11 -> pass(Duration.ofMinutes(random.nextInt(180)));
            case 12 -> maybe(8, this::ask);
            default -> maybe(6, this::change);
        }
    }

    private void maybe(int of, Runnable what) {
        if (random.nextInt(of) == 0) {
            what.run();
        }
    }

    private void change() {
        switch (random.nextInt(3)) {
            case 0 -> {
                on = !on;
                told.add(on ? "switched on" : "switched off");
            }
            case 1 -> join("pool/new-" + made++);
            default -> leave();
        }
    }

    private void join(String pool) {
        told.add(pool + " joins");
        // One that is made while nobody signs starts like that; any other waits for its key.
        Held held = desired(pool, Held.NOTHING);
        if (secret.phase() == SigningPhase.Off || !held.equals(Held.NOTHING)) {
            templates.put(pool, held);
            pods.add(new Pod(pool, held));
        } else {
            waiting.add(pool);
        }
    }

    private final Set<String> waiting = new HashSet<>();

    private void leave() {
        templates.keySet().stream()
                .filter(name -> name.startsWith("pool/new"))
                .findFirst()
                .ifPresent(name -> {
                    told.add(name + " leaves; its pods end later");
                    templates.remove(name);
                });
    }

    /** All that makes it go on, and nothing new. */
    void everything(Duration later) {
        step(true);
        templates.keySet().forEach(this::roll);
        Set.copyOf(waiting).forEach(pool -> {
            waiting.remove(pool);
            join(pool);
        });
        pods.clear();
        templates.forEach((pool, held) -> pods.add(new Pod(pool, held)));
        clientsSecret = desired(CLIENT, clientsSecret);
        restartClient();
        send();
        pass(later);
    }

    void switchOn() {
        on = true;
    }

    void ask() {
        asked++;
        told.add("asked " + asked);
    }

    private SigningRotation rotation() {
        Set<String> wanted = new HashSet<>(templates.keySet());
        wanted.addAll(waiting);
        wanted.add(CLIENT);
        LeafTerms terms = new LeafTerms(TERMS.duration(), TERMS.renewBefore(), asked == 0 ? "" : "signing-" + asked);
        return new SigningRotation(terms, ACCEPT_FORMER, wanted, on);
    }

    /** @param survives whether the operator lives to write */
    private void step(boolean survives) {
        if (!on && secret.phase() == SigningPhase.Off) {
            return;
        }
        SigningRotation rotation = rotation();
        Step step = rotation.next(secret, new Seen(now, this::behind));
        told.add(now + " " + secret.phase() + " " + step.getClass().getSimpleName() + (survives ? "" : " (killed)"));
        if (!survives) {
            return;
        }
        switch (step) {
            case Step.Write write -> secret = write.now();
            case Step.Issue issue ->
                secret = secret.announcing(
                        issue.whom().stream().collect(Collectors.toMap(name -> name, this::credential)),
                        issue.atOnce(),
                        issue.atOnce() || rotation.terms().asked().isEmpty()
                                ? secret.done()
                                : rotation.terms().asked());
            case Step.Await await -> {}
            case Step.LetDrain drain -> {}
            case Step.Keep keep -> {}
        }
    }

    private Credential credential(String name) {
        Validity validity = Validity.starting(now, TERMS.duration());
        return new Credential(name + " " + made++, "key", validity.from(), validity.until());
    }

    private Held desired(String name, Held before) {
        boolean isClient = name.equals(CLIENT);
        SigningPhase phase = secret.phase();
        if (isClient ? !phase.clientsHaveKeys() : !phase.poolsHaveKeys()) {
            return Held.NOTHING;
        }
        return secret.signer(name)
                .flatMap(Signer::inUse)
                .map(own -> new Held(
                        Optional.of(own),
                        isClient || phase.poolsSign(),
                        phase.requiresSignatures(),
                        known().collect(Collectors.toSet())))
                .orElse(before);
    }

    private Stream<Credential> known() {
        return secret.all().values().stream()
                .flatMap(signer -> signer.known().stream())
                .map(Credential::withoutKey);
    }

    private List<String> behind() {
        Map<String, Held> desired = new HashMap<>();
        templates.forEach((pool, held) -> desired.put(pool, desired(pool, held)));
        Stream<String> pools = templates.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(desired.get(entry.getKey())))
                .map(Map.Entry::getKey);
        Stream<String> ofPods = pods.stream()
                .filter(pod -> templates.containsKey(pod.pool())
                        ? !pod.held().equals(desired.get(pod.pool()))
                        : pod.held().key().isPresent())
                .map(Pod::pool);
        Held ofClient = desired(CLIENT, Held.NOTHING);
        Stream<String> clients = Stream.of(clientsSecret, client)
                .filter(held -> !held.equals(ofClient))
                .map(held -> CLIENT);
        return Stream.of(pools, ofPods, clients).flatMap(some -> some).toList();
    }

    private void roll(String pool) {
        Held desired = desired(pool, templates.getOrDefault(pool, Held.NOTHING));
        if (!desired.equals(templates.put(pool, desired))) {
            told.add(pool + " rolls");
            pods.add(new Pod(pool, desired));
        }
    }

    private void end(int pod) {
        if (pods.size() > 1 && pod < pods.size()) {
            pods.remove(pod);
        }
    }

    private void restartClient() {
        if (!stubborn) {
            client = clientsSecret;
        }
    }

    private void send() {
        Stream.concat(pods.stream().map(Pod::held), Stream.of(client))
                .map(held -> held.message(now))
                .distinct()
                .forEach(queue::add);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        queue.removeIf(message -> message.at().plus(ACCEPT_FORMER).isBefore(now));
    }

    /** A message that somebody who runs would drop; none where empty. */
    String dropped() {
        return queue.stream()
                .flatMap(message -> pods.stream()
                        .filter(pod -> !pod.held().takes(message, now))
                        .map(pod -> now + ": " + pod.pool() + " drops what was sent at " + message.at() + " by "
                                + message.by().map(Credential::certificatePem).orElse("nobody")))
                .findFirst()
                .orElse("");
    }

    /** Who starts by what they are given now would end at once, with such a certificate. */
    boolean givesAnEndedCertificate() {
        return known().anyMatch(credential -> !now.isBefore(credential.until()));
    }

    String unfinished() {
        boolean done = secret.phase() == SigningPhase.Enforced
                && waiting.isEmpty()
                && (asked == 0 || secret.done().equals("signing-" + asked))
                && secret.all().values().stream()
                        .allMatch(signer ->
                                signer.known().size() == 1 && signer.inUse().isPresent())
                && secret.all().size() == templates.size() + 1;
        return done ? "" : "not at its end: " + secret.phase() + " " + secret.all();
    }

    int asked() {
        return asked;
    }

    int keys() {
        return made;
    }

    String told() {
        return String.join("\n", told);
    }
}
