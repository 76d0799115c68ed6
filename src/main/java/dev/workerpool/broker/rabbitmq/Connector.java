package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import dev.workerpool.broker.AddressGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/** Makes connections to one broker, one after the other. */
final class Connector {
    private static final String NAME = "workerpool-operator";

    /** In seconds. A server that hangs or is gone is found out by it, however seldom the queues are read. */
    private static final int HEARTBEAT = 10;

    private static final int CLOSING_MILLIS = 500;

    private final dev.workerpool.broker.Connection broker;
    private final Duration patience;
    private final ExecutorService executor;
    private final Dial dial;

    /** @param executor of virtual threads */
    Connector(
            dev.workerpool.broker.Connection broker, AddressGuard guard, Duration patience, ExecutorService executor) {
        this.broker = broker;
        this.patience = patience;
        this.executor = executor;
        this.dial = new Dial(broker, guard, patience);
    }

    Dial dial() {
        return dial;
    }

    dev.workerpool.broker.Connection broker() {
        return broker;
    }

    Failures failures() {
        return new Failures(broker, dial.presenting());
    }

    /** Connected, verified, logged in, and in the virtual host. To be ended by {@link #end}. */
    Connection connect() throws IOException, TimeoutException {
        int millis = Math.toIntExact(patience.toMillis());
        ConnectionFactory factory = new Guarded();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(millis);
        factory.setHandshakeTimeout(millis);
        factory.setChannelRpcTimeout(millis);
        factory.setShutdownTimeout(CLOSING_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT);
        factory.setThreadFactory(Thread.ofVirtual().name("workerpool-rabbitmq").factory());
        factory.setExceptionHandler(new Quiet());
        factory.setVirtualHost(broker.endpoint().virtualHost().orElse("/"));
        factory.setSaslConfig(new ByCertificateOrPassword(mayShowCertificate()));
        broker.login().ifPresent(login -> {
            login.username().ifPresent(factory::setUsername);
            factory.setPassword(login.password());
        });
        return factory.newConnection(
                executor,
                List.of(new Address(broker.endpoint().host(), broker.endpoint().port())),
                NAME);
    }

    /** Who gives a password means that login. */
    private boolean mayShowCertificate() {
        return broker.endpoint().tls()
                && broker.identity().isPresent()
                && Optional.of(broker)
                        .flatMap(dev.workerpool.broker.Connection::login)
                        .isEmpty();
    }

    /** Takes no longer than a moment, and never throws. */
    static void end(Connection connection) {
        connection.abort(CLOSING_MILLIS);
    }

    private final class Guarded extends ConnectionFactory {
        @Override
        protected synchronized FrameHandlerFactory createFrameHandlerFactory() {
            return dial;
        }
    }
}
