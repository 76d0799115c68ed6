package dev.workerpool.operator.rotation;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.TestNamespace;

/** What a person has in his namespace for cert-manager: the issuer {@code corp}, of kind CA, and authorities that it may have. */
record Issuers(ControlPlane cluster, TestNamespace namespace) {

    /** Its authority is made by cert-manager, and vouches for itself. */
    void corp(String authority) {
        cluster.apply(namespace, """
                        apiVersion: cert-manager.io/v1
                        kind: Issuer
                        metadata: {name: itself}
                        spec: {selfSigned: {}}
                        ---
                        apiVersion: cert-manager.io/v1
                        kind: Certificate
                        metadata: {name: %1$s}
                        spec:
                          isCA: true
                          commonName: %1$s
                          secretName: %1$s
                          privateKey: {algorithm: ECDSA, size: 256, rotationPolicy: Always}
                          issuerRef: {name: itself, kind: Issuer, group: cert-manager.io}
                        ---
                        apiVersion: cert-manager.io/v1
                        kind: Issuer
                        metadata: {name: corp}
                        spec: {ca: {secretName: %1$s}}
                        """.formatted(authority)).succeeded();
    }

    /** As {@code cmctl renew} does. */
    void renew(String certificate) {
        String condition =
                "{\"type\": \"Issuing\", \"status\": \"True\", \"reason\": \"ManuallyTriggered\", \"message\": \"by a person\"}";
        cluster.kubectl(
                        "--namespace=" + namespace,
                        "patch",
                        "certificate",
                        certificate,
                        "--subresource=status",
                        "--type=json",
                        "--patch=[{\"op\": \"add\", \"path\": \"/status/conditions/-\", \"value\": " + condition + "}]")
                .succeeded();
    }
}
