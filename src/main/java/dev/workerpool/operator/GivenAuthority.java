package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.ClientIssuer;
import dev.workerpool.api.ObjectRef;
import dev.workerpool.desired.AuthoritySecret;
import dev.workerpool.desired.Labels;
import dev.workerpool.tls.AuthorityFiles;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The authority for client certificates that somebody else keeps in a Secret. */
record GivenAuthority(NamedObjects named, InstantSource clock) {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String ABOVE = "ca.crt";

    Origin of(Broker broker) {
        ObjectRef secret = secret(broker);
        if (secret == null) {
            return new Origin.Made();
        }
        try {
            return in(broker, secret.name());
        } catch (Unresolvable fault) {
            return new Origin.Unusable(fault.reason(), Objects.requireNonNull(fault.getMessage()));
        }
    }

    /** Where it is, where somebody gives one. */
    static @Nullable ObjectRef secret(Broker broker) {
        return IssuerTerms.issuer(broker).map(ClientIssuer::secretRef).orElse(null);
    }

    private Origin in(Broker broker, String name) throws Unresolvable {
        if (name.equals(AuthoritySecret.name(broker))) {
            throw operators(name);
        }
        Secret secret = named.secret(broker.getMetadata().getNamespace(), name);
        if (isOperators(secret)) {
            throw operators(name);
        }
        AuthorityFiles.Files files = new AuthorityFiles.Files(
                NamedObjects.required(secret, CERTIFICATE),
                NamedObjects.required(secret, KEY),
                NamedObjects.value(secret, ABOVE).orElse(""));
        return switch (AuthorityFiles.read(files, clock.instant())) {
            case AuthorityFiles.Parsed.Read read -> new Origin.Given(read.authority());
            case AuthorityFiles.Parsed.Fault fault ->
                new Origin.Unusable(fault.reason(), "Secret " + name + ": " + fault.why());
        };
    }

    /** What it makes it also changes and deletes. */
    private static boolean isOperators(Secret secret) {
        Map<String, String> labels =
                Optional.ofNullable(secret.getMetadata().getLabels()).orElse(Map.of());
        return Labels.OPERATOR.equals(labels.get(Labels.MANAGED_BY)) && labels.containsKey(Labels.SECRET_KIND);
    }

    private static Unresolvable operators(String name) {
        return new Unresolvable(
                "AuthorityIsOperators",
                "Secret " + name + " is one that the operator itself makes and changes: give one of your own");
    }
}
