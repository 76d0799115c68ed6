package dev.workerpool.broker;

import java.time.Duration;

/** Each broker by the client that speaks its protocol. */
public record ByProtocol(BrokerClient redis, BrokerClient amqp) implements BrokerClient {

    private BrokerClient of(Connection connection) {
        return switch (connection.endpoint().protocol()) {
            case Redis -> redis;
            case AMQP -> amqp;
        };
    }

    @Override
    public Probe probe(Connection connection, Duration timeout) {
        return of(connection).probe(connection, timeout);
    }

    @Override
    public Presented present(Connection connection, Duration timeout) {
        return of(connection).present(connection, timeout);
    }

    @Override
    public Session open(Connection connection, Duration pollInterval, Listener listener) {
        return of(connection).open(connection, pollInterval, listener);
    }

    @Override
    public void close() {
        redis.close();
        amqp.close();
    }
}
