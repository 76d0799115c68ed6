package dev.workerpool.architecture.seeded.framework;

import io.fabric8.kubernetes.api.model.Pod;

/** Breaks a rule, to prove that it can be broken. */
record KnowsTheCluster(Pod pod) {}
