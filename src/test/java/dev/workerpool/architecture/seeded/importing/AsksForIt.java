package dev.workerpool.architecture.seeded.importing;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Breaks a rule, to prove that it can be broken. */
public record AsksForIt(KubernetesClient client) {}
