package dev.workerpool.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels and annotations by which the operator knows its own. */
public final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "workerpool-operator";
    public static final String POOL = "workerpool.dev/pool";
    public static final String BROKER = "workerpool.dev/broker";

    /** On what runs exactly once beside a pool's workers, and is none of them: its name in the pool's spec. */
    public static final String SINGLETON = "workerpool.dev/singleton";

    /** On its pod: whose it is. Never {@link #POOL}, by which a pool's workers are selected and counted. */
    public static final String SINGLETON_OF = "workerpool.dev/singleton-of";

    /** What kind of Secret of a broker it is: connection or trust. */
    public static final String SECRET_KIND = "workerpool.dev/secret";

    /** On a Deployment, and a singleton's StatefulSet: a fingerprint of what its pod template was made from. */
    public static final String INPUTS = "workerpool.dev/template-inputs";

    /** On a Deployment: a fingerprint of the whole as it was last rendered, its replicas aside. */
    public static final String RENDERED = "workerpool.dev/rendered";

    /** On a Deployment: the variable from which its application takes the broker's URL, where people named one. */
    public static final String URL_VARIABLE = "workerpool.dev/url-variable";

    /** On a Deployment: how its pods are restricted beyond what people wrote; absent where they are not. */
    public static final String POD_SECURITY = "workerpool.dev/pod-security";

    /** On an identity Secret: whom it was issued to. */
    public static final String HOLDER = "workerpool.dev/holder";

    /** On a Broker, by people: leaf-…, authority-… or signing-…, each new value once. */
    public static final String ROTATE = "workerpool.dev/rotate";

    public static final String ROTATE_LEAF = "leaf-";
    public static final String ROTATE_AUTHORITY = "authority-";
    public static final String ROTATE_SIGNING = "signing-";

    /** On a Broker, by people: the UID of the Secret with signing keys, of a Broker before, that it is to go on with. */
    public static final String ACCEPT_SIGNING_KEYS = "workerpool.dev/accept-signing-keys";

    /** On what was issued: which of the values of {@link #ROTATE} it answers. */
    public static final String ROTATED = "workerpool.dev/rotated";

    /** On a Certificate: the fingerprint of the authority by which its holder was to get another. */
    public static final String RENEWED_FOR = "workerpool.dev/renewed-for";

    private Labels() {}

    /** Empty where there is none. */
    public static String annotation(HasMetadata of, String name) {
        return Optional.ofNullable(of.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(name))
                .orElse("");
    }

    /** The selector of a pool's pods. It never changes: a Deployment's selector cannot. */
    public static Map<String, String> selector(String pool) {
        return Map.of(POOL, pool);
    }

    /** The selector of the pods of all singletons of a pool. */
    static Map<String, String> singletonsOf(String pool) {
        return Map.of(SINGLETON_OF, pool);
    }

    /** The selector of a singleton's one pod. */
    public static Map<String, String> selector(String pool, String singleton) {
        return new TreeMap<>(Map.of(SINGLETON_OF, pool, SINGLETON, singleton));
    }

    /** In the same order each time: what is rendered twice reads the same. */
    public static Map<String, String> ofPool(String pool, String broker) {
        return new TreeMap<>(Map.of(MANAGED_BY, OPERATOR, POOL, pool, BROKER, broker));
    }

    public static Map<String, String> ofBroker(String broker, String kind) {
        return new TreeMap<>(Map.of(MANAGED_BY, OPERATOR, BROKER, broker, SECRET_KIND, kind));
    }

    /** Whether it is this broker's of that kind, and no stranger's of the same name. */
    static boolean areOfBroker(HasMetadata object, String broker, String kind) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null
                && labels.entrySet().containsAll(ofBroker(broker, kind).entrySet());
    }
}
