package dev.workerpool.tools.demo;

import io.lettuce.core.RedisClient;
import java.util.Optional;

/** A Redis on loopback, for as long as the show lasts. */
interface RedisHere extends AutoCloseable {
    /** What it is, for people. */
    String told();

    int port();

    /** How it is secured; empty where it speaks no TLS and asks for no password. */
    Optional<Security> security();

    RedisClient client();

    @Override
    void close();

    /**
     * What the example is given.
     *
     * @param authority the name of the one who signed the server's certificate
     * @param caPem that one's own certificate
     */
    record Security(String authority, String caPem, String password) {
        @Override
        public String toString() {
            return "Security[" + authority + "]";
        }
    }
}
