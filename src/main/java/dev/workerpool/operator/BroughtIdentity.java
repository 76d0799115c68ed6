package dev.workerpool.operator;

import dev.workerpool.api.ClientCertificates;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.api.Tls;
import dev.workerpool.tls.ClientIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client certificate that somebody else keeps in a Secret. */
record BroughtIdentity(NamedObjects named, InstantSource clock) {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    Optional<ClientIdentity> of(String namespace, @Nullable Tls tls) throws Unresolvable {
        ObjectRef secret = secret(tls);
        return secret == null ? Optional.empty() : Optional.of(in(named.secret(namespace, secret.name())));
    }

    /** Where it is, where somebody brings one. */
    static @Nullable ObjectRef secret(@Nullable Tls tls) {
        ClientCertificates asked = tls == null ? null : tls.clientCertificates();
        return asked == null ? null : asked.secretRef();
    }

    private ClientIdentity in(Secret secret) throws Unresolvable {
        String certificate = NamedObjects.required(secret, CERTIFICATE);
        String key = NamedObjects.required(secret, KEY);
        return switch (ClientIdentity.parse(certificate, key)) {
            case ClientIdentity.Parsed.Read read -> timely(read.identity(), secret);
            case ClientIdentity.Parsed.Fault fault ->
                throw new Unresolvable(fault.reason(), place(secret) + fault.why());
        };
    }

    private ClientIdentity timely(ClientIdentity identity, Secret secret) throws Unresolvable {
        Instant ends = identity.certificate().getNotAfter().toInstant();
        if (clock.instant().isAfter(ends)) {
            throw new Unresolvable(
                    "ClientCertificateExpired",
                    place(secret)
                            + "the client certificate %s (SHA-256 %s) expired at %s: put a new one there"
                                    .formatted(identity.subject(), identity.sha256(), ends));
        }
        return identity;
    }

    private static String place(Secret secret) {
        return "Secret " + secret.getMetadata().getName() + ": ";
    }
}
