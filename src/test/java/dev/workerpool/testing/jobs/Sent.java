package dev.workerpool.testing.jobs;

import java.time.Instant;

/** What a producer did: how many jobs it sent, when it began with the first and had sent the last (its own clock). */
public record Sent(int count, Instant began, Instant ended) {}
