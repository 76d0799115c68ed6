package dev.workerpool.framework;

/** The keys of the connection Secret, in the layout of the Service Binding specification, and where files are mounted. */
public final class ConnectionKeys {
    /** The URL with its credentials, as Ruby, Node and most others take it. */
    public static final String URI = "uri";

    /** The URL as Celery takes it: over TLS with the parameters that make kombu and redis-py verify chain and name. */
    public static final String CELERY_URL = "celery-url";

    /** The bundle of roots, by its name in a folder. */
    public static final String CA = "ca.crt";

    /** Those by which the broker alone is verified, where these are not all of them. */
    public static final String BROKER_CA = "broker.crt";

    /** Where the trust Secret is mounted in a worker. */
    public static final String TRUST_DIR = "/var/run/workerpool/trust";

    /** The bundle of roots there: the system's and the broker's own. */
    public static final String CA_FILE = TRUST_DIR + "/" + CA;

    /** Where the client certificate's Secret is mounted in a worker. */
    public static final String IDENTITY_DIR = "/var/run/workerpool/identity";

    /** Where the code is mounted that makes a worker verify its broker. */
    public static final String CODE_DIR = "/var/run/workerpool/code";

    /** The file there that says how, and for which address. */
    public static final String TRUST_JSON = "trust.json";

    /** The variable that names that file. */
    public static final String TRUST_VARIABLE = "WORKERPOOL_TRUST";

    /** Where the Secret is mounted by which a worker signs messages, and knows who signs. */
    public static final String SIGNING_DIR = "/var/run/workerpool/signing";

    /** The file there that says who signs what. */
    public static final String SIGNING_JSON = "signing.json";

    /** The variable that names that file. */
    public static final String SIGNING_VARIABLE = "WORKERPOOL_SIGNING";

    /** The key in a client's Secret that says where the file of signing is; none where it is not to sign. */
    public static final String SIGNING_FILE = "signing-file";

    /** Where the connection Secret is mounted in a worker: one file a key. */
    public static final String CONNECTION_DIR = "/var/run/workerpool/connection";

    /** Where the Secret of a client is mounted in a producer: connection, trust and code in one folder. */
    public static final String CLIENT_DIR = "/var/run/workerpool/client";

    /** The key there that says where the file of trust is; none where there is no TLS that the code could look after. */
    public static final String TRUST_FILE = "trust-file";

    /** A writable folder in what runs once beside workers: an empty one for each new pod. */
    public static final String SCHEDULE_DIR = "/var/run/workerpool/schedule";

    private ConnectionKeys() {}
}
