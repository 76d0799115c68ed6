package dev.workerpool.telemetry.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Broker, as its status has it. Never a credential.
 *
 * @param server product and version
 * @param tls the protocol in use; absent on a plain connection
 * @param certificate absent on a plain connection
 */
public record BrokerRow(
        String namespace,
        String name,
        @Nullable String endpoint,
        @Nullable String server,
        @Nullable String tls,
        @Nullable Certificate certificate,
        List<Told> conditions) {
    public BrokerRow {
        conditions = List.copyOf(conditions);
    }

    /**
     * What the server was verified by.
     *
     * @param expires when the first certificate of its chain ends, in seconds since 1970
     * @param authority the subject of the one that vouches
     * @param sha256 that one's fingerprint
     */
    public record Certificate(long expires, String authority, String sha256) {}
}
