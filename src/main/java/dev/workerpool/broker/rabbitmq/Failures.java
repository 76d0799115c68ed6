package dev.workerpool.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Probe.Failed;
import dev.workerpool.broker.dialling.AddressRefused;
import dev.workerpool.broker.dialling.ClientWords;
import dev.workerpool.broker.dialling.ClientWords.ServerSettings;
import dev.workerpool.broker.dialling.Distrust;
import dev.workerpool.broker.dialling.Presenting;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a connection failed, for people. Never quotes a login, nor an answer that may quote one. */
final class Failures {
    private static final ServerSettings SETTINGS = new ServerSettings(
            "set ssl_options.versions.1 = tlsv1.3 and ssl_options.versions.2 = tlsv1.2 in its rabbitmq.conf",
            "ssl_options.cacertfile");

    private final Connection connection;
    private final Presenting presenting;

    Failures(Connection connection, Presenting presenting) {
        this.connection = connection;
        this.presenting = presenting;
    }

    Failed explain(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < 20; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes.reversed().stream()
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .orElseGet(() -> failed("the connection to " + where() + " failed: "
                        + causes.getLast().getClass().getSimpleName()));
    }

    String lost() {
        return "the connection to " + where() + " was lost";
    }

    private Optional<Failed> known(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case Distrust distrust -> new Failed(distrust.reason(), String.valueOf(distrust.getMessage()));
                    case AddressRefused e -> new Failed(Cause.AddressNotAllowed, String.valueOf(e.getMessage()));
                    case UnknownHostException e ->
                        new Failed(
                                Cause.HostNotFound,
                                "the name " + connection.endpoint().host() + " does not resolve");
                    case ConnectException e ->
                        new Failed(Cause.ConnectionRefused, "nothing listens on " + where() + ": connection refused");
                    case NoRouteToHostException e -> failed("there is no route to " + where());
                    case SocketTimeoutException e -> timedOut();
                    case TimeoutException e -> timedOut();
                    case AuthenticationFailureException e -> loginRefused();
                    case PossibleAuthenticationFailureException e -> loginRefused();
                    case ShutdownSignalException e ->
                        e.getReason() instanceof AMQP.Connection.Close close ? said(close) : null;
                    case SSLException e -> handshake(String.valueOf(e.getMessage()));
                    case MalformedFrameException e -> foreign();
                    case EOFException e -> closed();
                    case SocketException e -> closed();
                    case IOException e -> mechanism(String.valueOf(e.getMessage()));
                    default -> null;
                });
    }

    /** What RabbitMQ says when it closes a connection; its words name users and hosts, and are not repeated. */
    private Failed said(AMQP.Connection.Close close) {
        String text = close.getReplyText();
        if (text.contains("vhost") && text.contains("not found")) {
            return new Failed(
                    Cause.VirtualHostRefused,
                    "%s has no virtual host %s: make it (rabbitmqctl add_vhost), or name another in the URL's path"
                            .formatted(where(), virtualHost()));
        }
        if (text.contains("limit")) {
            return new Failed(
                    Cause.TooManyClients, where() + " has as many connections as it takes (a limit of user or vhost)");
        }
        if (text.contains("access to vhost")) {
            return new Failed(
                    Cause.VirtualHostRefused,
                    "the user may not enter the virtual host %s of %s: permit it (rabbitmqctl set_permissions -p VHOST USER ...)"
                            .formatted(virtualHost(), where()));
        }
        return failed("%s closed the connection (AMQP code %d)".formatted(where(), close.getReplyCode()));
    }

    private Failed loginRefused() {
        return new Failed(
                Cause.LoginRefused,
                connection
                        .login()
                        .map(given -> where() + " refuses the user name or the password")
                        .orElseGet(() -> connection.identity().isPresent()
                                ? where() + " knows no user by the name in the client certificate (ssl_cert_login_from)"
                                : where()
                                        + " refuses the user guest, who is meant where no login is given: "
                                        + "RabbitMQ lets it in from the server's own machine alone; give credentials"));
    }

    private @Nullable Failed mechanism(String said) {
        if (!said.startsWith("No compatible authentication mechanism")) {
            return null;
        }
        boolean byCertificate =
                connection.login().isEmpty() && connection.identity().isPresent();
        return new Failed(
                Cause.LoginRequired,
                byCertificate
                        ? where()
                                + " takes no login by client certificate alone: enable its plugin rabbitmq_auth_mechanism_ssl "
                                + "and the mechanism EXTERNAL (auth_mechanisms), or give a user and a password in credentials"
                        : where() + " takes no login by user and password (its auth_mechanisms lack PLAIN)");
    }

    private Failed timedOut() {
        return new Failed(Cause.TimedOut, where() + " did not answer in time");
    }

    private static Failed failed(String message) {
        return new Failed(Cause.Failed, message);
    }

    private Failed handshake(String said) {
        if (said.contains("Unsupported or unrecognized SSL message")) {
            return new Failed(
                    Cause.TlsHandshakeFailed,
                    where() + " does not speak TLS; use its TLS port, or an amqp:// URL where plain is meant");
        }
        return clientWords()
                .explain(said)
                .orElseGet(() ->
                        new Failed(Cause.TlsHandshakeFailed, "the TLS handshake with " + where() + " failed: " + said));
    }

    /** Neither a frame nor a header of AMQP: such as an alert of TLS. */
    private Failed foreign() {
        return connection.endpoint().tls()
                ? failed("what listens on " + where() + " does not speak AMQP 0-9-1, as RabbitMQ does")
                : wantsTls();
    }

    private Failed closed() {
        return connection.endpoint().tls()
                ? clientWords()
                        .hungUp()
                        .orElseGet(
                                () -> new Failed(
                                        Cause.TlsHandshakeFailed,
                                        where()
                                                + " closed the connection before it was open; does that port speak AMQP over TLS?"))
                : wantsTls();
    }

    private Failed wantsTls() {
        return new Failed(
                Cause.TlsRequired,
                where() + " closed the connection without an answer of AMQP, as a port that wants TLS does; "
                        + "try an amqps:// URL");
    }

    private ClientWords clientWords() {
        return new ClientWords(where(), presenting, SETTINGS);
    }

    private String virtualHost() {
        return connection.endpoint().virtualHost().orElse("/");
    }

    private String where() {
        return connection.endpoint().hostAndPort();
    }
}
