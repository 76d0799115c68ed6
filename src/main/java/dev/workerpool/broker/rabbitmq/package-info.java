/** RabbitMQ behind the broker port: the only room that knows its client library. */
@NullMarked
package dev.workerpool.broker.rabbitmq;

import org.jspecify.annotations.NullMarked;
