package dev.workerpool.desired;

import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations by which the operator knows its own. */
public final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "workerpool-operator";
    public static final String POOL = "workerpool.dev/pool";
    public static final String BROKER = "workerpool.dev/broker";

    /** What kind of Secret of a broker it is: connection or trust. */
    public static final String SECRET_KIND = "workerpool.dev/secret";

    /** On a Deployment: a fingerprint of what its pod template was made from. */
    public static final String INPUTS = "workerpool.dev/template-inputs";

    /** On a Deployment: a fingerprint of the whole as it was last rendered, its replicas aside. */
    public static final String RENDERED = "workerpool.dev/rendered";

    private Labels() {}

    /** The selector of a pool's pods. It never changes: a Deployment's selector cannot. */
    public static Map<String, String> selector(String pool) {
        return Map.of(POOL, pool);
    }

    /** In the same order each time: what is rendered twice reads the same. */
    public static Map<String, String> ofPool(String pool, String broker) {
        return new TreeMap<>(Map.of(MANAGED_BY, OPERATOR, POOL, pool, BROKER, broker));
    }

    public static Map<String, String> ofBroker(String broker, String kind) {
        return new TreeMap<>(Map.of(MANAGED_BY, OPERATOR, BROKER, broker, SECRET_KIND, kind));
    }
}
