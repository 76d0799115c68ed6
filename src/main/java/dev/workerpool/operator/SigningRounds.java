package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Protocol;
import dev.workerpool.desired.SignersSecret;
import dev.workerpool.desired.SigningData;
import dev.workerpool.tls.Credential;
import dev.workerpool.tls.Signers;
import dev.workerpool.tls.SigningPhase;
import dev.workerpool.tls.SigningRotation;
import dev.workerpool.tls.SigningRotation.Seen;
import dev.workerpool.tls.SigningRotation.Step;
import dev.workerpool.tls.Validity;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that sign a Broker's messages: made, kept, and followed by others, one written step after the other. */
final class SigningRounds {
    private static final Logger LOG = LoggerFactory.getLogger(SigningRounds.class);

    /** While somebody is waited for who tells nobody when they come: a pod's end, another's restart. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** So long a pool that was just starting by what the Secret held before may not be seen yet. */
    private static final Duration SEEN_BY_ALL = Duration.ofSeconds(3);

    /** No timer sleeps longer. */
    private static final Duration AT_MOST = Duration.ofHours(1);

    /** Whoever was just given one has not named it in a Deployment yet. */
    private static final Duration JUST = Duration.ofMinutes(1);

    private static final int TOLD = 5;

    /** More in one reconcile there are not. */
    private static final int STEPS = 32;

    /** As many as a Secret has room for, each with two keys. */
    private static final int MOST = 150;

    private final LastingSecrets secrets;
    private final Holders holders;
    private final Mint mint;
    private final Clock clock;
    private final Map<BrokerKey, Written> written = new ConcurrentHashMap<>();

    /** Who signs; waking one of them; what they were given. */
    record Holders(
            SigningPools pools,
            SigningClients clients,
            Consumer<PoolKey> wake,
            BrokerSecretsCache given,
            SecretSweeper sweeper) {}

    /** Since when a version of the Secret is known. */
    private record Written(String version, Instant since) {}

    SigningRounds(LastingSecrets secrets, Holders holders, Mint mint, Clock clock) {
        this.secrets = secrets;
        this.holders = holders;
        this.mint = mint;
        this.clock = clock;
    }

    void forget(BrokerKey broker) {
        written.remove(broker);
        holders.clients().forget(broker);
    }

    void forgetAll() {
        written.clear();
    }

    /**
     * Brings it as far as it comes now.
     *
     * @param proven what pools are given; nothing begins before there is code that signs
     */
    SigningStanding round(Broker broker, Optional<BrokerStatus.Proven> proven) {
        boolean asked = broker.getSpec().signing() != null;
        return switch (SignersKept.of(broker, secrets.get(broker, SignersSecret.name(broker)))) {
            case SignersKept.Doubtful doubtful -> refused(broker, asked, doubtful);
            case SignersKept.Nothing nothing -> asked ? begun(broker, proven) : new SigningStanding.NotAsked();
            case SignersKept.Here here ->
                !asked && here.signers().phase() == SigningPhase.Off
                        ? new SigningStanding.NotAsked()
                        : steps(broker, here.secret());
        };
    }

    /** Where nobody asks for signing, what stands there by that name is nobody's concern, unless it was in force. */
    private static SigningStanding refused(Broker broker, boolean asked, SignersKept.Doubtful doubtful) {
        boolean shown = broker.getStatus() != null && broker.getStatus().signing() != null;
        return asked || shown
                ? new SigningStanding.Refused(doubtful.reason(), doubtful.message())
                : new SigningStanding.NotAsked();
    }

    private SigningStanding begun(Broker broker, Optional<BrokerStatus.Proven> proven) {
        if (proven.isEmpty()) {
            return new SigningStanding.Refused("NotProvenYet", "nothing is signed before the broker was proven");
        }
        if (BrokerView.protocol(proven.get()) != Protocol.Redis) {
            return new SigningStanding.Refused(
                    "BrokerNotSupported",
                    "nothing is signed: at a RabbitMQ it has not been tried; signing takes a rediss:// URL");
        }
        if (proven.get().codeSecret() == null) {
            return new SigningStanding.Refused(
                    "NotTrusted",
                    "nothing is signed: that takes mounted code and TLS, which protects what a signature does not cover; rediss:// to one "
                            + "server, neither sentinels nor a cluster");
        }
        return steps(broker, secrets.create(SignersSecret.of(broker, Signers.NONE)));
    }

    private Set<String> wanted(Broker broker) {
        return Stream.concat(
                        SigningData.senders(broker).stream().map(client -> SigningData.nameOfClient(client.name())),
                        holders.pools().of(BrokerReconciler.key(broker)).stream()
                                .map(pool -> SigningData.nameOfPool(
                                        pool.getMetadata().getName())))
                .collect(Collectors.toSet());
    }

    private SigningStanding steps(Broker broker, Secret first) {
        Set<String> wanted = wanted(broker);
        if (wanted.size() > MOST) {
            return new SigningStanding.Refused(
                    "TooManySigners",
                    "%d pools and clients would sign messages, and a Secret has room for the keys of %d: give some another Broker"
                            .formatted(wanted.size(), MOST));
        }
        SigningTerms terms = SigningTerms.of(broker);
        SigningRotation rotation = terms.rotation(wanted);
        Secret secret = SignersSecret.isKeptAsAsked(broker, first)
                ? first
                : write(broker, first, SignersSecret.read(first).orElseThrow());
        for (int step = 0; step < STEPS; step++) {
            Signers held = SignersSecret.read(secret).orElseThrow();
            Secret now = secret;
            Instant instant = clock.instant();
            switch (rotation.next(held, new Seen(instant, () -> behind(broker, now, held)))) {
                case Step.Keep keep -> {
                    return new SigningStanding.Known(held, List.of(), "", rest(instant, keep.until(), AT_MOST));
                }
                case Step.Await await -> {
                    return new SigningStanding.Known(held, await.whom(), "", LOOK_AGAIN);
                }
                case Step.LetDrain drain -> {
                    return new SigningStanding.Known(
                            held,
                            List.of(),
                            "until %s messages of before, which may be in queues, are taken".formatted(drain.until()),
                            rest(instant, drain.until(), AT_MOST));
                }
                case Step.Write write -> secret = write(broker, secret, write.now());
                case Step.Issue issue -> secret = write(broker, secret, issued(broker, held, issue, terms, instant));
            }
        }
        throw new IllegalStateException("signing does not come to rest");
    }

    private static Duration rest(Instant now, Instant until, Duration most) {
        return until.isAfter(now.plus(most))
                ? most
                : Duration.between(now, until).plusSeconds(1);
    }

    private Signers issued(Broker broker, Signers held, Step.Issue issue, SigningTerms terms, Instant now) {
        Map<String, Credential> fresh = new TreeMap<>();
        for (String name : issue.whom()) {
            fresh.put(
                    name,
                    Credential.selfSigned(
                            commonName(broker, name),
                            mint.signingKey(),
                            Validity.starting(now, terms.leaf().duration())));
        }
        boolean answers = !issue.atOnce() && !terms.leaf().asked().isEmpty();
        return held.announcing(fresh, issue.atOnce(), answers ? terms.leaf().asked() : held.done());
    }

    /** For people: nobody goes by it. */
    private static String commonName(Broker broker, String signer) {
        String name = signer + "." + broker.getMetadata().getName() + "."
                + broker.getMetadata().getNamespace();
        return name.length() <= 64 ? name : name.substring(0, 64);
    }

    private List<String> behind(Broker broker, Secret secret, Signers signers) {
        Instant now = clock.instant();
        String version = secret.getMetadata().getResourceVersion();
        Written last = written.compute(
                BrokerReconciler.key(broker),
                (key, before) ->
                        before != null && before.version().equals(version) ? before : new Written(version, now));
        List<String> all = Stream.concat(
                        holders.pools().behind(broker, signers),
                        holders.clients().behind(broker, signers))
                .toList();
        if (all.isEmpty()) {
            return now.isBefore(last.since().plus(SEEN_BY_ALL))
                    ? List.of("what was just written, to be seen by all")
                    : List.of();
        }
        return all.size() <= TOLD
                ? all
                : Stream.concat(all.stream().limit(TOLD), Stream.of("%d more".formatted(all.size() - TOLD)))
                        .toList();
    }

    private Secret write(Broker broker, Secret live, Signers now) {
        LOG.info(
                "Broker {}/{}: signing of messages: {}, {} signers",
                broker.getMetadata().getNamespace(),
                broker.getMetadata().getName(),
                now.phase(),
                now.all().size());
        Secret changed = secrets.change(live, SignersSecret.patch(broker, live, now));
        holders.pools()
                .of(BrokerReconciler.key(broker))
                .forEach(pool -> holders.wake().accept(PoolReconciler.key(pool)));
        return changed;
    }

    /** Names of Celery pools whose workers somebody else starts. */
    List<String> outOfReach(Broker broker) {
        return holders.pools().outOfReach(BrokerReconciler.key(broker));
    }

    /** Deletes what pools were given and need no more; whether something superseded is left for later. */
    boolean sweep(Broker broker, SigningStanding standing) {
        BrokerKey key = BrokerReconciler.key(broker);
        Optional<Signers> signers = standing.forClients();
        List<Secret> given = holders.given().signingAt(key.namespace(), key.name());
        if (signers.isEmpty() || given.isEmpty()) {
            return false;
        }
        Set<String> current =
                new HashSet<>(holders.pools().secrets(broker, signers.get()).toList());
        Instant justNow = clock.instant().minus(JUST);
        given.stream()
                .filter(secret -> Instant.parse(secret.getMetadata().getCreationTimestamp())
                        .isAfter(justNow))
                .forEach(secret -> current.add(secret.getMetadata().getName()));
        return holders.sweeper().sweep(given, current);
    }
}
