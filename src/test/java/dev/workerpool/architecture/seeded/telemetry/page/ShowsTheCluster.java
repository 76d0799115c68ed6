package dev.workerpool.architecture.seeded.telemetry.page;

import io.fabric8.kubernetes.api.model.Pod;

/** Breaks a rule, to prove that it can be broken. */
public record ShowsTheCluster(Pod pod) {}
