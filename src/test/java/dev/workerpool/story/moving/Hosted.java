package dev.workerpool.story.moving;

import dev.workerpool.testing.jobs.FreePort;
import dev.workerpool.testing.jobs.ManInTheMiddle;
import dev.workerpool.testing.jobs.PrivateCa;
import dev.workerpool.testing.jobs.RedisOptions;
import dev.workerpool.testing.jobs.RedisServer;

/**
 * A provider's Redis, which takes plain connections and, on another port and through whoever stands before that, TLS ones: people are
 * given time to move.
 */
record Hosted(RedisServer redis, PrivateCa ca, int plainPort, ManInTheMiddle middle, boolean takesAnyone)
        implements AutoCloseable {
    private static final String FAILED = "Error accepting a client connection";

    static Hosted start(boolean certifiedClientsAlone) {
        PrivateCa ca = PrivateCa.create();
        int plain = FreePort.next();
        RedisOptions options = RedisOptions.tls(ca, ca.leafInChain())
                .withPassword("s3cret")
                .withLine("port " + plain)
                .withLine("loglevel verbose");
        RedisServer redis =
                RedisServer.start(certifiedClientsAlone ? options.withClientCertificatesRequired() : options);
        return new Hosted(redis, ca, plain, ManInTheMiddle.before(redis.port()), !certifiedClientsAlone);
    }

    String plainUrl() {
        return "redis://:s3cret@localhost:%d/0".formatted(plainPort);
    }

    String tlsUrl() {
        return "rediss://:s3cret@localhost:%d/0".formatted(middle.port());
    }

    /** What the server itself has noted. */
    long failedHandshakes() {
        return redis.log().lines().filter(line -> line.contains(FAILED)).count();
    }

    /** Who is connected to the plain port. */
    long plainClients() {
        return redis.cli("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("laddr=127.0.0.1:" + plainPort + " "))
                .count();
    }

    void closePlain() {
        redis.cli("CONFIG", "SET", "port", "0");
    }

    /** What Celery has taken and not acknowledged. */
    boolean hasNothingUnacknowledged() {
        return redis.cli("HLEN", "unacked").equals("0");
    }

    /** Whether the server has seen that those who waited for jobs are gone. */
    boolean hasNobodyWaiting() {
        return !redis.cli("CLIENT", "LIST").contains("cmd=brpop");
    }

    @Override
    public void close() {
        middle.close();
        redis.close();
    }
}
