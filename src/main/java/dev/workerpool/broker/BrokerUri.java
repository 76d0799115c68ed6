package dev.workerpool.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A redis://, rediss://, amqp:// or amqps:// URL, parsed. Messages never quote the value: it may hold a password. */
public sealed interface BrokerUri {
    String PERCENT = "; special characters in a user name or password must be percent-encoded";

    /**
     * A URL that can be used.
     *
     * @param username whom it names, with a password or without
     * @param login empty where it holds no password
     */
    record Parsed(Endpoint endpoint, Optional<String> username, Optional<Login> login) implements BrokerUri {}

    record Malformed(String why) implements BrokerUri {}

    /**
     * Parses {@code scheme://[user][:password]@host[:port][/path]}; user and password may be percent-encoded. The path is the index of a
     * Redis database, or the percent-encoded name of RabbitMQ's virtual host: that is / where it is left out.
     */
    static BrokerUri parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            return new Malformed("the URL is malformed at character " + (e.getIndex() + 1) + PERCENT);
        }
        Optional<Protocol> protocol = protocol(uri.getScheme());
        if (protocol.isEmpty()) {
            return new Malformed("the URL must start with redis://, rediss://, amqp:// or amqps://");
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
        return switch (protocol.get()) {
            case Redis -> redis(uri);
            case AMQP -> amqp(uri);
        };
    }

    private static Optional<Protocol> protocol(@Nullable String scheme) {
        return Stream.of(Protocol.values())
                .filter(known -> known.scheme(false).equals(scheme + "://")
                        || known.scheme(true).equals(scheme + "://"))
                .findFirst();
    }

    private static boolean isTls(URI uri, Protocol protocol) {
        return protocol.scheme(true).equals(uri.getScheme() + "://");
    }

    private static int port(URI uri, Protocol protocol) {
        return uri.getPort() == -1 ? protocol.port(isTls(uri, protocol)) : uri.getPort();
    }

    private static String host(URI uri) {
        return uri.getHost().replaceAll("^\\[|]$", "");
    }

    private static BrokerUri redis(URI uri) {
        return database(uri.getPath())
                .<BrokerUri>map(database -> parsed(
                        new Endpoint(host(uri), port(uri, Protocol.Redis), database, isTls(uri, Protocol.Redis)), uri))
                .orElseGet(() -> new Malformed("the URL's path must be a database index, such as /0"));
    }

    private static Optional<Integer> database(@Nullable String path) {
        if (path == null || path.isEmpty() || "/".equals(path)) {
            return Optional.of(0);
        }
        return path.matches("/[0-9]{1,5}") ? Optional.of(Integer.valueOf(path.substring(1))) : Optional.empty();
    }

    private static BrokerUri amqp(URI uri) {
        String path = Objects.requireNonNullElse(uri.getRawPath(), "");
        // Celery's own documentation writes the virtual host / as a second slash.
        String raw = "//".equals(path) ? "" : path.replaceFirst("^/", "");
        if (raw.contains("@")) {
            return new Malformed("the URL has a # or an @ where none belongs" + PERCENT);
        }
        if (raw.contains("/")) {
            return new Malformed("the URL's path must be one virtual host: write a / in its name as %2F");
        }
        String virtualHost = decode(raw).orElse("/");
        return virtualHost.length() > 255
                ? new Malformed("no virtual host has a name of more than 255 characters")
                : parsed(
                        new Endpoint(
                                host(uri),
                                port(uri, Protocol.AMQP),
                                0,
                                isTls(uri, Protocol.AMQP),
                                Optional.of(virtualHost)),
                        uri);
    }

    private static Parsed parsed(Endpoint endpoint, URI uri) {
        String rawUserInfo = Objects.requireNonNullElse(uri.getRawUserInfo(), "");
        int colon = rawUserInfo.indexOf(':');
        Optional<String> user = decode(colon < 0 ? rawUserInfo : rawUserInfo.substring(0, colon));
        Optional<String> password = colon < 0 ? Optional.empty() : decode(rawUserInfo.substring(colon + 1));
        return new Parsed(endpoint, user, password.map(secret -> new Login(user, secret)));
    }

    /** Percent-decoding only: in a URL a plus sign is a plus sign. */
    private static Optional<String> decode(String raw) {
        return Optional.of(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(text -> !text.isEmpty());
    }
}
