package dev.workerpool.architecture.seeded.status;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Breaks a rule, to prove that it can be broken. */
record WritesItself(KubernetesClient client) {}
