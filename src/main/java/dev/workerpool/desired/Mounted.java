package dev.workerpool.desired;

import dev.workerpool.framework.ConnectionKeys;

/**
 * Where a process finds the files of its broker.
 *
 * @param trust the folder with those whom it trusts
 * @param identity the folder with its own certificate and key
 */
record Mounted(String trust, String identity) {
    /** A Secret each. */
    static final Mounted IN_WORKERS = new Mounted(ConnectionKeys.TRUST_DIR, ConnectionKeys.IDENTITY_DIR);

    /** All in one. */
    static final Mounted IN_PRODUCERS = new Mounted(ConnectionKeys.CLIENT_DIR, ConnectionKeys.CLIENT_DIR);

    String certificate() {
        return identity + "/" + IdentityData.CERTIFICATE;
    }

    String key() {
        return identity + "/" + IdentityData.KEY;
    }
}
