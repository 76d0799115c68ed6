package dev.workerpool.architecture.seeded.operator;

import io.lettuce.core.RedisClient;

/** Breaks a rule, to prove that it can be broken. */
record SpeaksRedisToo(RedisClient redis) {}
