package dev.workerpool.desired;

import dev.workerpool.broker.Verification;
import dev.workerpool.framework.ConnectionKeys;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.KeyStores;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a Secret holds in PKCS#12 beside its PEM files, where its password is among its data. It follows from those, and is never the same
 * twice: so a Secret is named without it, and what is there is never written anew.
 */
public final class Pkcs12Data {
    static final String PASSWORD = "keystore.password";
    static final String KEYSTORE = "keystore.p12";
    static final String TRUSTSTORE = "truststore.p12";

    /** In the place of what Secrets with an identity alone are named by. */
    static final String NAME = "keystores";

    private static final Pattern NAMED = Pattern.compile(".*-" + NAME + "-[0-9a-f]{20}");
    private static final Set<String> STORES = Set.of(KEYSTORE, TRUSTSTORE);

    /** From which they follow. */
    private static final Set<String> SOURCES =
            Set.of(PASSWORD, IdentityData.CERTIFICATE, IdentityData.KEY, ConnectionKeys.CA, ConnectionKeys.BROKER_CA);

    private Pkcs12Data() {}

    /** The password that is among a Secret's data. */
    public static Optional<String> password(Secret secret) {
        return Optional.of(SecretText.of(secret, PASSWORD)).filter(text -> !text.isEmpty());
    }

    /** As data beside other files; none without a password. */
    static Map<String, String> of(Optional<String> password) {
        return password.map(text -> Map.of(PASSWORD, text)).orElse(Map.of());
    }

    /** What a holder is given beside its PEM files, each value in base64; nothing without a password. */
    public static Map<String, String> extra(ClientIdentity identity, Optional<String> password) {
        return password.map(text ->
                        Map.of(PASSWORD, SecretText.encoded(text), KEYSTORE, base64(KeyStores.of(identity, text))))
                .orElse(Map.of());
    }

    /** Whether a Secret of this name holds a keystore: so a Deployment tells by what it names. */
    static boolean isIn(String secret) {
        return NAMED.matcher(secret).matches();
    }

    /** With what follows from its data; itself where it holds no password. */
    public static Secret filled(Secret secret) {
        return password(secret)
                .map(password -> new SecretBuilder(secret)
                        .addToData(followingFrom(BrokerSecrets.decoded(secret), password))
                        .build())
                .orElse(secret);
    }

    /** The same with what an earlier one has, where that followed from the same. */
    static Secret filled(Secret secret, Optional<Secret> earlier) {
        return earlier.map(Secret::getData)
                .filter(before -> password(secret).isPresent() && before.containsKey(KEYSTORE))
                .filter(before -> SOURCES.stream()
                        .allMatch(key ->
                                Objects.equals(before.get(key), secret.getData().get(key))))
                .map(before -> new SecretBuilder(secret)
                        .addToData(before.entrySet().stream()
                                .filter(entry -> STORES.contains(entry.getKey()))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                        .build())
                .orElseGet(() -> filled(secret));
    }

    private static Map<String, String> followingFrom(Map<String, String> data, String password) {
        Map<String, String> stores = new TreeMap<>();
        IdentityData.read(data).ifPresent(identity -> stores.put(KEYSTORE, base64(KeyStores.of(identity, password))));
        Verification verification = TrustData.read(data);
        if (!verification.roots().isEmpty()) {
            stores.put(TRUSTSTORE, base64(KeyStores.trusting(verification.roots(), password)));
        }
        return stores;
    }

    private static String base64(byte[] store) {
        return Base64.getEncoder().encodeToString(store);
    }
}
