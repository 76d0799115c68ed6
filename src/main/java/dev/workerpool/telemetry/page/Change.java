package dev.workerpool.telemetry.page;

/** A change of size, and why; its time in seconds since 1970. */
record Change(long at, int from, int to, String reason, String message) {}
