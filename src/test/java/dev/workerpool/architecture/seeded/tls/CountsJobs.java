package dev.workerpool.architecture.seeded.tls;

import dev.workerpool.architecture.seeded.scaling.LooksAtPods;

/** Breaks a rule, to prove that it can be broken. */
record CountsJobs(LooksAtPods pods) {}
