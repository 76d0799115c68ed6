package dev.workerpool.desired;

import java.util.Optional;

/**
 * What the operator has seen working, by the names of the immutable Secrets that hold it.
 *
 * @param trustSecret absent on a plain connection
 */
public record Proven(String connectionSecret, Optional<String> trustSecret) {}
