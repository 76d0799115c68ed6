package dev.workerpool.telemetry.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Broker, as its status has it. Never a credential.
 *
 * @param server product and version
 * @param tls the protocol in use; absent on a plain connection
 */
public record BrokerRow(
        String namespace,
        String name,
        @Nullable String endpoint,
        @Nullable String server,
        @Nullable String tls,
        List<Told> conditions) {
    public BrokerRow {
        conditions = List.copyOf(conditions);
    }
}
