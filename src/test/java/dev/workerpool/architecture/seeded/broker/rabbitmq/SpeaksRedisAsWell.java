package dev.workerpool.architecture.seeded.broker.rabbitmq;

import io.lettuce.core.RedisClient;

/** Breaks a rule, to prove that it can be broken. */
record SpeaksRedisAsWell(RedisClient redis) {}
