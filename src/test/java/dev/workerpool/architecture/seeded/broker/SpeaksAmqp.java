package dev.workerpool.architecture.seeded.broker;

import com.rabbitmq.client.Channel;

/** Breaks a rule, to prove that it can be broken. */
record SpeaksAmqp(Channel channel) {}
