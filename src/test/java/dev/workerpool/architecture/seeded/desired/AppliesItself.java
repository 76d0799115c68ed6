package dev.workerpool.architecture.seeded.desired;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Breaks a rule, to prove that it can be broken. */
record AppliesItself(KubernetesClient client) {}
