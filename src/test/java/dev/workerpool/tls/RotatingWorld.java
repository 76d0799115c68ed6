package dev.workerpool.tls;

import dev.workerpool.testing.builders.FreshKeys;
import dev.workerpool.tls.Rotation.Seen;
import dev.workerpool.tls.Rotation.Step;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A server, an operator that may die at each write, and pools whose pods come and go, as far as certificates are concerned. */
final class RotatingWorld {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFE = Duration.ofDays(1095);
    private static final int POOLS = 3;

    private final Random random;
    private final List<String> told = new ArrayList<>();
    private final Map<List<X509Certificate>, Boolean> signatures = new HashMap<>();
    private int asked;

    private Succession secret = Succession.of(FreshKeys.authority("first", NOW, LIFE), "");
    private Set<X509Certificate> published = Set.copyOf(secret.bundle());
    private Set<X509Certificate> server = published;
    private X509Certificate operators = leaf(secret.inUse());
    private String proven = secret.inUse().sha256();
    private final List<X509Certificate> templates = new ArrayList<>();
    private final List<X509Certificate> pods = new ArrayList<>();

    RotatingWorld(Random random) {
        this.random = random;
        for (int pool = 0; pool < POOLS; pool++) {
            templates.add(operators);
            pods.add(operators);
        }
    }

    private static X509Certificate leaf(Authority by) {
        return by.issue(Holder.pool("shop", "mail"), FreshKeys.next(), Validity.starting(NOW, Duration.ofDays(90)))
                .certificate();
    }

    /** One thing, whichever. */
    void something() {
        switch (random.nextInt(9)) {
            case 0, 1 -> step(random.nextInt(3) > 0);
            case 2 -> serverReads();
            case 3 -> prove();
            case 4 -> roll(random.nextInt(POOLS));
            case 5 -> podEnds(random.nextInt(pods.size()));
            case 6 -> pods.add(templates.get(random.nextInt(POOLS)));
            case 7 -> ask();
            default -> step(true);
        }
    }

    /** All that makes it go on, and nothing new. */
    void everything() {
        step(true);
        serverReads();
        prove();
        for (int pool = 0; pool < POOLS; pool++) {
            roll(pool);
        }
        pods.clear();
        pods.addAll(templates);
    }

    /** @param survives whether the operator lives to write */
    private void step(boolean survives) {
        Rotation rotation = new Rotation(Duration.ofDays(90), Optional.empty(), asked == 0 ? "" : "authority-" + asked);
        Step step = rotation.next(secret, new Seen(NOW, published, proven, this::usersOfFormer));
        told.add(step.getClass().getSimpleName() + (survives ? "" : " (killed)"));
        if (!survives) {
            return;
        }
        switch (step) {
            case Step.Publish publish -> published = Set.copyOf(publish.bundle());
            case Step.Announce announce ->
                secret = secret.announcing(
                        announce.given().orElseGet(() -> FreshKeys.authority("authority " + told.size(), NOW, LIFE)),
                        rotation.asked());
            case Step.Write write -> secret = write.now();
            case Step.TryNext next -> secret = accepts(leaf(next.next())) ? secret.succeeded() : secret;
            case Step.Await await -> {}
            case Step.Keep keep -> {}
        }
    }

    private List<String> usersOfFormer() {
        return Stream.concat(templates.stream(), pods.stream())
                .filter(held -> !secret.inUse().signed(held))
                .map(held -> "somebody")
                .toList();
    }

    private void serverReads() {
        told.add("the server reads " + published.size());
        server = published;
    }

    private void prove() {
        X509Certificate candidate = secret.inUse().signed(operators) ? operators : leaf(secret.inUse());
        if (accepts(candidate)) {
            operators = candidate;
            proven = secret.inUse().sha256();
        }
    }

    private void roll(int pool) {
        if (proven.equals(secret.inUse().sha256()) && !secret.inUse().signed(templates.get(pool))) {
            told.add("pool " + pool + " rolls");
            templates.set(pool, leaf(secret.inUse()));
            pods.add(templates.get(pool));
        }
    }

    private void podEnds(int pod) {
        if (pods.size() > 1) {
            pods.remove(pod);
        }
    }

    private void ask() {
        if (random.nextInt(3) == 0) {
            asked++;
            told.add("asked " + asked);
        }
    }

    private boolean accepts(X509Certificate held) {
        return isSignedBySomeOf(server, held);
    }

    private boolean isSignedBySomeOf(Set<X509Certificate> authorities, X509Certificate held) {
        return authorities.stream()
                .anyMatch(authority -> signatures.computeIfAbsent(
                        List.of(authority, held), pair -> Certificates.signed(pair.getFirst(), pair.getLast())));
    }

    /** Who would not be let in now, or is not to be any more; nobody where empty. */
    String refused() {
        boolean all = Stream.concat(Stream.of(operators), Stream.concat(templates.stream(), pods.stream()))
                .allMatch(held -> accepts(held) && isSignedBySomeOf(published, held));
        return all ? "" : "a certificate whose authority is not trusted is in use";
    }

    String unfinished() {
        boolean done = secret.former().isEmpty()
                && secret.next().isEmpty()
                && (asked == 0 || secret.done().equals("authority-" + asked))
                && server.equals(Set.of(secret.inUse().certificate()))
                && Stream.concat(Stream.of(operators), pods.stream())
                        .allMatch(held -> secret.inUse().signed(held));
        return done ? "" : "not at its end: " + secret.done() + " of " + asked;
    }

    int asked() {
        return asked;
    }

    String told() {
        return String.join("\n", told);
    }
}
