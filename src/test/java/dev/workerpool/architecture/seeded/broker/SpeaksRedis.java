package dev.workerpool.architecture.seeded.broker;

import io.lettuce.core.RedisClient;

/** Breaks a rule, to prove that it can be broken. */
record SpeaksRedis(RedisClient redis) {}
