package dev.workerpool.testing.node;

import dev.workerpool.testing.kube.ControlPlane;
import dev.workerpool.testing.kube.TestNamespace;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** A worker as somebody without the operator would write it by hand; arguments and variables are YAML list items. */
record PlainDeployment(String image, String args, String env) {

    static final String CA_FILE = "/trust/ca.crt";

    void apply(ControlPlane controlPlane, TestNamespace namespace, String caPem) {
        byte[] manifests = yaml(caPem).getBytes(StandardCharsets.UTF_8);
        controlPlane
                .admin()
                .load(new ByteArrayInputStream(manifests))
                .inNamespace(namespace.name())
                .create();
    }

    private String yaml(String caPem) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: trust}
                data: {ca.crt: "%s"}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: worker}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: worker}}
                  template:
                    metadata: {labels: {app: worker}}
                    spec:
                      hostNetwork: true
                      nodeSelector: {workerpool.test/node: real}
                      volumes: [{name: trust, configMap: {name: trust}}]
                      containers:
                      - name: worker
                        image: %s
                        args: [%s]
                        env: [%s]
                        volumeMounts: [{name: trust, mountPath: /trust}]
                """.formatted(caPem.replace("\n", "\\n"), image, args, env);
    }
}
