package dev.workerpool.broker;

/** What a broker speaks, which is what its URL begins with. */
public enum Protocol {
    /** Redis and what is compatible with it. */
    Redis("redis", 6379, 6379),
    /** AMQP 0-9-1 as RabbitMQ speaks it. */
    AMQP("amqp", 5672, 5671);

    private final String plain;
    private final int port;
    private final int tlsPort;

    Protocol(String plain, int port, int tlsPort) {
        this.plain = plain;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /** The URL's beginning, such as {@code amqps://}. */
    public String scheme(boolean tls) {
        return plain + (tls ? "s" : "") + "://";
    }

    /** The port where a URL names none. */
    int port(boolean tls) {
        return tls ? tlsPort : port;
    }
}
