package dev.workerpool.broker.redis;

import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Probe.Failed;
import dev.workerpool.broker.dialling.AddressRefused;
import dev.workerpool.broker.dialling.ClientWords;
import dev.workerpool.broker.dialling.ClientWords.ServerSettings;
import dev.workerpool.broker.dialling.Distrust;
import dev.workerpool.broker.dialling.Presenting;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a connection failed, for people. Never quotes a login, nor an answer that may quote one. */
final class Failures {
    private static final int TLS_ALERT = 21;

    private static final ServerSettings SETTINGS =
            new ServerSettings("set tls-protocols \"TLSv1.2 TLSv1.3\" in its redis.conf", "tls-ca-cert-file");

    private final Supplier<Endpoint> endpoint;
    private final Presenting presenting;

    /** @param endpoint where the last try went */
    Failures(Supplier<Endpoint> endpoint, Presenting presenting) {
        this.endpoint = endpoint;
        this.presenting = presenting;
    }

    /** Of a connection that stood: what was presented is no matter any more. */
    Failures(Supplier<Endpoint> endpoint) {
        this(endpoint, new Presenting(Optional.empty()));
    }

    Failed explain(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < 20; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes.reversed().stream()
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .orElseGet(() -> new Failed(
                        Cause.Failed,
                        "the connection to " + where() + " failed: "
                                + causes.getLast().getClass().getSimpleName()));
    }

    private Optional<Failed> known(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case NoMaster lost -> lost.failed();
                    case Distrust distrust -> new Failed(distrust.reason(), String.valueOf(distrust.getMessage()));
                    case AddressRefused e -> new Failed(Cause.AddressNotAllowed, String.valueOf(e.getMessage()));
                    case UnknownHostException e ->
                        new Failed(
                                Cause.HostNotFound, "the name " + endpoint.get().host() + " does not resolve");
                    case ConnectTimeoutException e -> timedOut();
                    case ConnectException e ->
                        new Failed(Cause.ConnectionRefused, "nothing listens on " + where() + ": connection refused");
                    case NoRouteToHostException e -> new Failed(Cause.Failed, "there is no route to " + where());
                    case TimeoutException e -> timedOut();
                    case RedisCommandTimeoutException e -> timedOut();
                    case SslHandshakeTimeoutException e -> timedOut();
                    case RedisCommandExecutionException e ->
                        ServerErrors.explain(String.valueOf(e.getMessage()), endpoint.get());
                    case RedisProtocolException e -> foreign(String.valueOf(e.getMessage()));
                    case NotSslRecordException e -> speaksNoTls();
                    case SSLException e -> handshake(String.valueOf(e.getMessage()));
                    case IOException e -> closed();
                    case IllegalStateException e -> hungUpEarly(String.valueOf(e.getMessage()));
                    case RedisConnectionException e -> refusedBySocket(String.valueOf(e.getMessage()));
                    case RedisException e -> goneAlready(String.valueOf(e.getMessage()));
                    default -> null;
                });
    }

    /** What a stage of others has failed with, whether it is wrapped or not. */
    static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    /** Why a connection that was made is given up. */
    String endOf(@Nullable Throwable failure) {
        return cause(failure) instanceof NoMaster known ? known.failed().message() : lost();
    }

    String lost() {
        return "the connection to " + where() + " was lost";
    }

    /** Lettuce gives this type to the error of a protected server, too. */
    private @Nullable Failed refusedBySocket(String said) {
        if (said.startsWith("DENIED")) {
            return ServerErrors.explain(said, endpoint.get());
        }
        return said.contains("closed prematurely") ? closed() : null;
    }

    /** What Lettuce says where the server hangs up before Lettuce has seen that it was connected. */
    private @Nullable Failed hungUpEarly(String said) {
        return said.endsWith("not registered") ? closed() : null;
    }

    /** What Lettuce says to a command for a connection that was closed as soon as it was made. */
    private @Nullable Failed goneAlready(String said) {
        return Stream.of(
                                "Connection is closed",
                                "Connection closed",
                                "Connection disconnected",
                                "Currently not connected")
                        .anyMatch(said::startsWith)
                ? closed()
                : null;
    }

    private Failed timedOut() {
        return new Failed(Cause.TimedOut, where() + " did not answer in time");
    }

    Failed speaksNoTls() {
        return new Failed(
                Cause.TlsHandshakeFailed,
                where() + " does not speak TLS; use its TLS port, or a redis:// URL where plain is meant");
    }

    private Failed wantsTls() {
        return new Failed(Cause.TlsRequired, where() + " speaks TLS, and the URL says plain; use a rediss:// URL");
    }

    private Failed handshake(String said) {
        return clientWords()
                .explain(said)
                .orElseGet(() ->
                        new Failed(Cause.TlsHandshakeFailed, "the TLS handshake with " + where() + " failed: " + said));
    }

    /** Neither an answer nor an error of Redis. */
    private Failed foreign(String said) {
        boolean alert = said.contains("first byte: " + TLS_ALERT + " ");
        return alert ? wantsTls() : new Failed(Cause.Failed, "what listens on " + where() + " is not Redis");
    }

    /** Redis closes so when its TLS port is spoken to plainly; over TLS also when it has maxclients clients. */
    private Failed closed() {
        return endpoint.get().tls()
                ? clientWords()
                        .hungUp()
                        .orElseGet(() -> new Failed(
                                Cause.TlsHandshakeFailed,
                                where()
                                        + " closed the connection before the TLS handshake was done; does that port speak TLS, "
                                        + "and does the server take another client (maxclients)?"))
                : new Failed(
                        Cause.TlsRequired,
                        where() + " closed the connection without an answer, as a port that wants TLS does; "
                                + "try a rediss:// URL");
    }

    private ClientWords clientWords() {
        return new ClientWords(where(), presenting, SETTINGS);
    }

    private String where() {
        return endpoint.get().hostAndPort();
    }
}
