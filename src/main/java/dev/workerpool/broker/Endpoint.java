package dev.workerpool.broker;

/**
 * Where a broker listens; never a credential.
 *
 * @param port 1 to 65535
 * @param database index of the Redis database, 0 or more
 */
public record Endpoint(String host, int port, int database, boolean tls) {

    /** Host and port as people write them, an IPv6 address in brackets. */
    public String hostAndPort() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
