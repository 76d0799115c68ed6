package dev.workerpool.broker;

import java.util.Optional;

/**
 * Where a broker listens; never a credential.
 *
 * @param port 1 to 65535
 * @param database index of the Redis database, 0 or more; 0 where it is none
 * @param virtualHost of a RabbitMQ; empty where it is a Redis
 */
public record Endpoint(String host, int port, int database, boolean tls, Optional<String> virtualHost) {

    /** Of a Redis. */
    public Endpoint(String host, int port, int database, boolean tls) {
        this(host, port, database, tls, Optional.empty());
    }

    /**
     * The endpoint at an address that {@link #hostAndPort} wrote, with database 0.
     *
     * @throws NumberFormatException where it names no port
     */
    public static Endpoint at(String hostAndPort, boolean tls) {
        int colon = hostAndPort.lastIndexOf(':');
        String host = hostAndPort.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
        return new Endpoint(host, Integer.parseInt(hostAndPort.substring(colon + 1)), 0, tls);
    }

    public Protocol protocol() {
        return virtualHost.isPresent() ? Protocol.AMQP : Protocol.Redis;
    }

    /** The same server's database and protection, at another address. */
    public Endpoint moved(String toHost, int toPort) {
        return new Endpoint(toHost, toPort, database, tls, virtualHost);
    }

    /** Host and port as people write them, an IPv6 address in brackets. */
    public String hostAndPort() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Whether the same jobs are meant at the same server: its database, or its virtual host. */
    public boolean sameSpace(Endpoint other) {
        return database == other.database && virtualHost.equals(other.virtualHost);
    }
}
