package dev.workerpool.tools.demo;

import java.time.Duration;

/** What a worker has to do: to wait for so long. */
record Job(String id, Duration lasting) {}
