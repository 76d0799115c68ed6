package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import io.lettuce.core.api.StatefulRedisConnection;

/** One server of a broker, and the one connection to it. */
record Node(Endpoint at, StatefulRedisConnection<String, String> connection) {}
