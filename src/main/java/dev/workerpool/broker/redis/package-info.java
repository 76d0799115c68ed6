/**
 * Redis behind the ports of {@code broker}, by Lettuce: one connection a broker, each round one pipelined batch.
 * The only room that may import Lettuce; it decides nothing.
 */
@NullMarked
package dev.workerpool.broker.redis;

import org.jspecify.annotations.NullMarked;
