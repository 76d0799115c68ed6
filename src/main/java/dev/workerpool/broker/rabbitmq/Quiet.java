package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong on a connection ends it, and is told by who uses it; not a second time by the library, with a stack trace. */
final class Quiet extends ForgivingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Quiet.class);

    @Override
    protected void log(String message, Throwable e) {
        LOG.debug("{}: {}", message, e.getClass().getSimpleName());
    }
}
