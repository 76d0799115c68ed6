package dev.workerpool.testing.jobs;

import java.time.Instant;
import java.util.Optional;

/**
 * What a framework's own library says of one queue.
 *
 * @param due jobs whose time has come but that no worker has moved into the queue yet
 * @param oldest when the job that has been in the queue for longest was enqueued
 */
public record Inspected(long waiting, long due, long running, long paused, long failed, Optional<Instant> oldest) {}
