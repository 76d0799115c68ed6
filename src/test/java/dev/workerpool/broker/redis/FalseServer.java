package dev.workerpool.broker.redis;

import dev.workerpool.testing.jobs.Door;
import java.nio.charset.StandardCharsets;

/** Something else than Redis: it reads once from each client, says its words, and hangs up. */
record FalseServer(Door door) implements AutoCloseable {

    static FalseServer saying(String words) {
        byte[] answer = words.getBytes(StandardCharsets.ISO_8859_1);
        return new FalseServer(Door.opened(client -> {
            if (client.getInputStream().read(new byte[4096]) > 0) {
                client.getOutputStream().write(answer);
            }
        }));
    }

    int port() {
        return door.port();
    }

    @Override
    public void close() {
        door.close();
    }
}
