package dev.workerpool.architecture.seeded.broker.redis;

import java.io.IOException;
import java.net.Socket;

/** Breaks a rule, to prove that it can be broken. */
final class DialsByItself {
    private DialsByItself() {}

    static Socket dial(String host) throws IOException {
        return new Socket(host, 6379);
    }
}
