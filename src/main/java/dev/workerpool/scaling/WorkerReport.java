package dev.workerpool.scaling;

import java.time.Instant;

/**
 * What a worker said of itself.
 *
 * @param host the worker's host name, which is its pod's name (cut at 63 characters)
 * @param stamp the worker's own time of the report: a new stamp is a new report; never compared with another clock
 * @param running jobs it works on
 */
public record WorkerReport(String host, Instant stamp, int running) {}
