package dev.workerpool.framework;

/** The keys of the connection Secret, in the layout of the Service Binding specification, and where files are mounted. */
public final class ConnectionKeys {
    /** The URL with its credentials, as Ruby, Node and most others take it. */
    public static final String URI = "uri";

    /** The URL as Celery takes it: over TLS with the parameters that make kombu and redis-py verify chain and name. */
    public static final String CELERY_URL = "celery-url";

    /** Where the trust Secret is mounted in a worker. */
    public static final String TRUST_DIR = "/var/run/workerpool/trust";

    /** The bundle of roots there: the system's and the broker's own. */
    public static final String CA_FILE = TRUST_DIR + "/ca.crt";

    /** Where the connection Secret is mounted in a worker: one file a key. */
    public static final String CONNECTION_DIR = "/var/run/workerpool/connection";

    private ConnectionKeys() {}
}
