package dev.workerpool.testing.kube;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a kubeconfig with one context. JSON is YAML, so every client reads it. */
record Kubeconfig(String server, String authority) {

    String with(Identity identity) {
        return text("\"client-certificate-data\": \"" + base64(identity.certificate()) + "\", \"client-key-data\": \""
                + base64(identity.key()) + "\"");
    }

    String withToken(String token) {
        return text("\"token\": \"" + token + "\"");
    }

    /** For a server that asks nobody who he is, as a proxy with its own credentials does. */
    String withoutCredentials() {
        return text("");
    }

    private String text(String user) {
        return """
                {"apiVersion": "v1", "kind": "Config", "current-context": "test",
                 "clusters": [{"name": "test", "cluster": {"server": "%s", "certificate-authority-data": "%s"}}],
                 "users": [{"name": "test", "user": {%s}}],
                 "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}]}
                """.formatted(server, base64(authority), user);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
