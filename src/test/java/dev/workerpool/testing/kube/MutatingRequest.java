package dev.workerpool.testing.kube;

/**
 * A request that may change something, as it came to an {@link ApiProxy}.
 *
 * @param number counts the mutating requests of one proxy, from 1
 * @param path with its query
 */
public record MutatingRequest(int number, String method, String path, String body) {}
