package dev.workerpool.architecture.seeded.broker.dialling;

import com.rabbitmq.client.Channel;

/** Breaks a rule, to prove that it can be broken. */
record DialsByOneLibrary(Channel channel) {}
