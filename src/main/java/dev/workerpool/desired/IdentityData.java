package dev.workerpool.desired;

import dev.workerpool.tls.ClientIdentity;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an identity Secret holds, under the names that Kubernetes has for it. */
final class IdentityData {
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    private IdentityData() {}

    static Map<String, String> of(ClientIdentity identity) {
        return new TreeMap<>(Map.of(CERTIFICATE, identity.certificatePem(), KEY, identity.keyPem()));
    }

    static Optional<ClientIdentity> read(Map<String, String> data) {
        return switch (ClientIdentity.parse(data.getOrDefault(CERTIFICATE, ""), data.getOrDefault(KEY, ""))) {
            case ClientIdentity.Parsed.Read read -> Optional.of(read.identity());
            case ClientIdentity.Parsed.Fault fault -> Optional.empty();
        };
    }
}
