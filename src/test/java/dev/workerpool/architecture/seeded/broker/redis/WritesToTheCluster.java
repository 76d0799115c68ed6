package dev.workerpool.architecture.seeded.broker.redis;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Breaks a rule, to prove that it can be broken. */
record WritesToTheCluster(KubernetesClient client) {}
