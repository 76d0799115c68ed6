package dev.workerpool.broker;

/**
 * Where a broker listens; never a credential.
 *
 * @param port 1 to 65535
 * @param database index of the Redis database, 0 or more
 */
public record Endpoint(String host, int port, int database, boolean tls) {

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

    /** The same server's database and protection, at another address. */
    public Endpoint moved(String toHost, int toPort) {
        return new Endpoint(toHost, toPort, database, tls);
    }

    /** Host and port as people write them, an IPv6 address in brackets. */
    public String hostAndPort() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
