package dev.workerpool.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A redis:// or rediss:// URL, parsed. Messages never quote the value: it may hold a password. */
public sealed interface BrokerUri {
    int DEFAULT_PORT = 6379;
    String PERCENT = "; special characters in a user name or password must be percent-encoded";

    /**
     * A URL that can be used.
     *
     * @param username whom it names, with a password or without
     * @param login empty where it holds no password
     */
    record Parsed(Endpoint endpoint, Optional<String> username, Optional<Login> login) implements BrokerUri {}

    record Malformed(String why) implements BrokerUri {}

    /** Parses {@code scheme://[user][:password]@host[:port][/database]}; user and password may be percent-encoded. */
    static BrokerUri parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            return new Malformed("the URL is malformed at character " + (e.getIndex() + 1) + PERCENT);
        }
        boolean tls = "rediss".equals(uri.getScheme());
        if (!tls && !"redis".equals(uri.getScheme())) {
            return new Malformed("the URL must start with redis:// or rediss://");
        }
        if (uri.getHost() == null) {
            return new Malformed("the URL names no host, or its host is malformed" + PERCENT);
        }
        // Else what stands before an unencoded # or ? of a password would be taken for the host, and told everywhere.
        if (uri.getRawFragment() != null
                || Objects.requireNonNullElse(uri.getRawQuery(), "").contains("@")) {
            return new Malformed("the URL has a # or an @ where none belongs" + PERCENT);
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            return new Malformed("the URL's port must be between 1 and 65535");
        }
        return database(uri.getPath())
                .<BrokerUri>map(database -> parsed(
                        new Endpoint(
                                uri.getHost().replaceAll("^\\[|]$", ""),
                                uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort(),
                                database,
                                tls),
                        Objects.requireNonNullElse(uri.getRawUserInfo(), "")))
                .orElseGet(() -> new Malformed("the URL's path must be a database index, such as /0"));
    }

    private static Optional<Integer> database(@Nullable String path) {
        if (path == null || path.isEmpty() || "/".equals(path)) {
            return Optional.of(0);
        }
        return path.matches("/[0-9]{1,5}") ? Optional.of(Integer.valueOf(path.substring(1))) : Optional.empty();
    }

    private static Parsed parsed(Endpoint endpoint, String rawUserInfo) {
        int colon = rawUserInfo.indexOf(':');
        Optional<String> user = decode(colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon));
        Optional<String> password = colon < 0 ? Optional.empty() : decode(rawUserInfo.substring(colon + 1));
        return new Parsed(endpoint, user, password.map(secret -> new Login(user, secret)));
    }

    /** Percent-decoding only: in a URL's user info a plus sign is a plus sign. */
    private static Optional<String> decode(String raw) {
        return Optional.of(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(text -> !text.isEmpty());
    }
}
