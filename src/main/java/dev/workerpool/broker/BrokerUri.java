package dev.workerpool.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A redis:// or rediss:// URL, parsed. Messages never quote the value: it may hold a password. */
public sealed interface BrokerUri {
    int DEFAULT_PORT = 6379;

    record Parsed(Endpoint endpoint, Optional<Login> login) implements BrokerUri {}

    record Malformed(String why) implements BrokerUri {}

    /** Parses {@code scheme://[user][:password]@host[:port][/database]}; user and password may be percent-encoded. */
    static BrokerUri parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            return new Malformed("the URL is malformed at character " + e.getIndex()
                    + "; special characters in a user name or password must be percent-encoded");
        }
        boolean tls = "rediss".equals(uri.getScheme());
        if (!tls && !"redis".equals(uri.getScheme())) {
            return new Malformed("the URL must start with redis:// or rediss://");
        }
        if (uri.getHost() == null) {
            return new Malformed("the URL names no host, or its host is malformed");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            return new Malformed("the URL's port must be between 1 and 65535");
        }
        return database(uri.getPath())
                .<BrokerUri>map(database -> new Parsed(
                        new Endpoint(
                                uri.getHost().replaceAll("^\\[|]$", ""),
                                uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort(),
                                database,
                                tls),
                        login(uri.getRawUserInfo())))
                .orElseGet(() -> new Malformed("the URL's path must be a database index, such as /0"));
    }

    private static Optional<Integer> database(@Nullable String path) {
        if (path == null || path.isEmpty() || "/".equals(path)) {
            return Optional.of(0);
        }
        return path.matches("/[0-9]{1,5}") ? Optional.of(Integer.valueOf(path.substring(1))) : Optional.empty();
    }

    private static Optional<Login> login(@Nullable String rawUserInfo) {
        if (rawUserInfo == null || rawUserInfo.isEmpty()) {
            return Optional.empty();
        }
        int colon = rawUserInfo.indexOf(':');
        String user = decode(colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon));
        String password = colon < 0 ? "" : decode(rawUserInfo.substring(colon + 1));
        return password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(Optional.of(user).filter(u -> !u.isEmpty()), password));
    }

    /** Percent-decoding only: in a URL's user info a plus sign is a plus sign. */
    private static String decode(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
