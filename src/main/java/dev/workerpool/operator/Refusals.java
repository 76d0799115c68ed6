package dev.workerpool.operator;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** The API server's own words. */
final class Refusals {
    private Refusals() {}

    /** Its message, without the client's preamble of method and address. */
    static String message(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .filter(message -> !message.isBlank())
                .orElseGet(() -> "HTTP status " + e.getCode());
    }
}
