package dev.workerpool.importing;

import dev.workerpool.api.BrokerUrl;
import dev.workerpool.api.SecretKeyRef;
import dev.workerpool.broker.BrokerUri;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.List;
import java.util.Optional;

/** Where a worker's environment says that its broker is. A URL with a password is never repeated. */
final class UrlReader {
    private static final List<String> NAMES = List.of("CELERY_BROKER_URL", "BROKER_URL", "RQ_REDIS_URL", "REDIS_URL");

    private UrlReader() {}

    static Guess<BrokerUrl> read(Variables variables, String name) {
        return NAMES.stream()
                .flatMap(variable -> variables.find(variable).stream())
                .findFirst()
                .map(variable -> read(variable, name))
                .orElseGet(() -> Guess.doubtful(
                        secret(name + "-redis", "REDIS_URL"),
                        "url: none of %s is set in the template%s; put the URL into this Secret, or name yours"
                                .formatted(
                                        String.join(", ", NAMES),
                                        variables.mayHaveMore() ? " itself (envFrom may set one)" : "")));
    }

    private static Guess<BrokerUrl> read(EnvVar variable, String name) {
        Optional<SecretKeySelector> selector =
                Optional.ofNullable(variable.getValueFrom()).map(from -> from.getSecretKeyRef());
        if (selector.isPresent()) {
            return Guess.sure(secret(selector.get().getName(), selector.get().getKey()));
        }
        String value = Optional.ofNullable(variable.getValue()).orElse("");
        if (BrokerUri.parse(value) instanceof BrokerUri.Parsed parsed
                && parsed.login().isEmpty()) {
            return Guess.sure(new BrokerUrl(value, null));
        }
        return Guess.doubtful(
                secret(name + "-redis", "REDIS_URL"),
                "url: the template has %s in plain text with a password, or in a form that cannot be read; put it into this Secret"
                        .formatted(variable.getName()));
    }

    private static BrokerUrl secret(String name, String key) {
        return new BrokerUrl(null, new SecretKeyRef(name, key));
    }
}
