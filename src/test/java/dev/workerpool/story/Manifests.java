package dev.workerpool.story;

import dev.workerpool.testing.jobs.RedisServer;

/** What a user applies: a broker behind a private authority, with its login in a Secret, and pools that use it. */
final class Manifests {
    private Manifests() {}

    static String broker(RedisServer redis, String user, String password) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: corp-ca}
                data: {ca.crt: "%s"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: jobs-auth}
                stringData: {username: %s, password: %s}
                ---
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec:
                  url: {value: "%s"}
                  credentials: {secretRef: {name: jobs-auth}}
                  tls: {trust: {source: Bundle, bundle: {configMapKeyRef: {name: corp-ca, key: ca.crt}}}}
                """.formatted(redis.caPem().replace("\n", "\\n"), user, password, redis.urlWithoutCredentials());
    }

    /**
     * A pool that sleeps when there is nothing to do, and whose pods run on the real node.
     *
     * @param name the pool's and its queue's
     * @param framework with its own block, in YAML
     * @param container the worker, as a YAML flow mapping
     */
    static String pool(String name, String framework, String container) {
        return """
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: %1$s}
                spec:
                  brokerRef: {name: jobs}
                  %2$s
                  queues: [{name: %1$s}]
                  concurrency: 2
                  drainTimeout: 30s
                  scaling: {minReplicas: 0, maxReplicas: 4, idleAfter: 5s, target: {backlogPerWorker: 10}}
                  template:
                    spec:
                      hostNetwork: true
                      nodeSelector: {workerpool.test/node: real}
                      securityContext: {runAsNonRoot: true, runAsUser: 10001}
                      containers:
                      - %3$s
                """.formatted(name, framework, container);
    }
}
