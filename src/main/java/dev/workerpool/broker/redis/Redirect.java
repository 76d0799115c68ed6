package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import java.util.Optional;

/**
 * A server of a Redis Cluster says that a key lies elsewhere.
 *
 * @param asking the key is on its way: for this one command it is to be asked for there
 * @param said in the server's own words
 */
record Redirect(boolean asking, Endpoint to, String said) {

    /** {@code MOVED 3999 host:port} or {@code ASK 3999 host:port}; a host left out is that of who says so. */
    static Optional<Redirect> of(String said, Endpoint from) {
        String[] words = said.split(" ", -1);
        boolean asking = "ASK".equals(words[0]);
        if (words.length < 3 || (!asking && !"MOVED".equals(words[0])) || !words[2].matches(".*:[0-9]{1,5}")) {
            return Optional.empty();
        }
        Endpoint to = Endpoint.at(words[2], from.tls());
        return Optional.of(
                new Redirect(asking, from.moved(to.host().isEmpty() ? from.host() : to.host(), to.port()), said));
    }
}
