package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Protocol;
import dev.workerpool.broker.Verification;
import dev.workerpool.desired.BrokerSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connection and the Secrets that would hold it.
 *
 * @param issuedBy the fingerprint of the authority that issued what is presented, where the operator issues
 * @param kept what was proven of this very connection, with which everything stays as it is: an operator that brings other code rolls
 *     nobody
 */
record Wanted(
        Connection connection,
        Secret connectionSecret,
        Optional<Secret> trustSecret,
        Optional<Secret> identitySecret,
        Optional<Secret> codeSecret,
        Optional<String> issuedBy,
        Optional<BrokerStatus.Proven> kept) {

    /**
     * What is to be handed out.
     *
     * @param keystorePassword where it is to be in PKCS#12 as well
     */
    record Offered(Connection connection, Optional<String> keystorePassword) {}

    /** @param exists whether a Secret of this name is there */
    static Wanted of(Broker broker, Offered offered, Predicate<String> exists) {
        Connection connection = offered.connection();
        Wanted anew = new Wanted(
                connection,
                BrokerSecrets.connection(broker, connection),
                BrokerSecrets.trust(broker, connection, offered.keystorePassword()),
                BrokerSecrets.identity(broker, connection, offered.keystorePassword()),
                BrokerSecrets.code(broker, connection),
                Optional.empty(),
                Optional.empty());
        return Optional.ofNullable(broker.getStatus())
                .map(BrokerStatus::proven)
                .filter(proven -> anew.isNamedBy(proven) && anew.hasCodeOf(proven, exists))
                .map(anew::keeping)
                .orElse(anew);
    }

    private Wanted keeping(BrokerStatus.Proven proven) {
        return new Wanted(
                connection,
                connectionSecret,
                trustSecret,
                identitySecret,
                codeSecret.filter(code -> code.getMetadata().getName().equals(proven.codeSecret())),
                Optional.empty(),
                Optional.of(proven));
    }

    /**
     * With an identity that this authority signed: each pool is issued its own. What was proven may have another's name, where an authority
     * was renewed and has the same key.
     */
    Wanted issuedBy(Optional<String> authority) {
        return new Wanted(
                connection,
                connectionSecret,
                trustSecret,
                identitySecret,
                codeSecret,
                authority,
                kept.map(proven -> authority.isPresent()
                        ? proven.identifiedBy(proven.identitySecret(), authority.get())
                        : proven));
    }

    private boolean isNamedBy(BrokerStatus.Proven proven) {
        return name(connectionSecret).equals(proven.connectionSecret())
                && trustSecret.map(Wanted::name).equals(Optional.ofNullable(proven.trustSecret()))
                && identitySecret.map(Wanted::name).equals(Optional.ofNullable(proven.identitySecret()));
    }

    /** Another operator's code cannot be written anew. */
    private boolean hasCodeOf(BrokerStatus.Proven proven, Predicate<String> exists) {
        String code = proven.codeSecret();
        return code == null || codeSecret.map(Wanted::name).filter(code::equals).isPresent() || exists.test(code);
    }

    boolean isProven() {
        return kept.isPresent();
    }

    List<Secret> secrets() {
        return Stream.of(Optional.of(connectionSecret), trustSecret, identitySecret, codeSecret)
                .flatMap(Optional::stream)
                .toList();
    }

    BrokerStatus.Proven proven(Clock clock) {
        return kept.orElseGet(() -> new BrokerStatus.Proven(
                name(connectionSecret),
                trustSecret.map(Wanted::name).orElse(null),
                identitySecret.map(Wanted::name).orElse(null),
                issuedBy.orElse(null),
                codeSecret.map(Wanted::name).orElse(null),
                verify(),
                protocol(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private @Nullable String protocol() {
        Protocol spoken = connection.endpoint().protocol();
        return spoken == Protocol.Redis ? null : spoken.name();
    }

    private @Nullable String verify() {
        Verification verification = connection.verification();
        if (trustSecret.isEmpty() || verification.isCommon()) {
            return null;
        }
        return verification.extent()
                + verification.serverName().map(name -> " as " + name).orElse("")
                + (verification.beside().isEmpty() ? "" : " by its pinned authority alone");
    }

    private static String name(Secret secret) {
        return secret.getMetadata().getName();
    }
}
