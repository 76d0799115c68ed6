package dev.workerpool.desired;

import dev.workerpool.tls.Subjects;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far cert-manager is with a Certificate, or with a request for one.
 *
 * @param issuing whether another one is on its way
 * @param revision how many there were before
 * @param complaint why there is none, in cert-manager's words
 */
public record CertificateProgress(boolean issuing, int revision, Optional<String> complaint) {

    public static CertificateProgress of(GenericKubernetesResource object) {
        Map<?, ?> status = object.get("status") instanceof Map<?, ?> found ? found : Map.of();
        List<?> conditions = status.get("conditions") instanceof List<?> found ? found : List.of();
        Optional<Map<?, ?>> issuing = condition(conditions, "Issuing");
        return new CertificateProgress(
                issuing.filter(condition -> "True".equals(condition.get("status")))
                        .isPresent(),
                status.get("revision") instanceof Number number ? number.intValue() : 0,
                issuing.filter(condition -> "Failed".equals(condition.get("reason")))
                        .or(() -> condition(conditions, "Ready"))
                        .filter(condition -> !"True".equals(condition.get("status")))
                        .map(condition -> Subjects.readable(Objects.toString(condition.get("message"), ""))));
    }

    private static Optional<Map<?, ?>> condition(List<?> conditions, String type) {
        for (Object condition : conditions) {
            if (condition instanceof Map<?, ?> found && type.equals(found.get("type"))) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
