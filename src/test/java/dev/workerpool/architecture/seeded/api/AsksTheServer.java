package dev.workerpool.architecture.seeded.api;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Breaks a rule, to prove that it can be broken. */
record AsksTheServer(KubernetesClient client) {}
