package dev.workerpool.broker;

/** Names a pool. */
public record PoolKey(String namespace, String name) {}
