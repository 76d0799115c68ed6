package dev.workerpool.status;

import dev.workerpool.broker.Connection;
import dev.workerpool.broker.Probe;
import java.util.List;
import java.util.Optional;

/** A Broker's conditions, in words. */
public final class BrokerVerdicts {
    /** The reason of Trusted where nothing is verified. */
    public static final String VERIFICATION_DISABLED = "VerificationDisabled";

    private BrokerVerdicts() {}

    /** It works. */
    public static List<Verdict> connected(String endpoint, Verdict trusted) {
        return answering(endpoint, trusted, Verdict.holds(ConditionType.Ready, "Connected", endpoint + " answers"));
    }

    /** What the spec asks for was proven before, but does not answer now. */
    public static List<Verdict> unavailable(Verdict trusted, String why) {
        return List.of(
                Verdict.fails(ConditionType.Reachable, "Unavailable", why),
                trusted,
                Verdict.fails(ConditionType.Ready, "Unavailable", why));
    }

    /** What the spec asks for cannot even be tried. */
    public static List<Verdict> unresolved(String reason, String message, boolean inUse) {
        String full = message + keeping(inUse);
        return List.of(
                Verdict.unknown(ConditionType.Reachable, reason, full),
                Verdict.unknown(ConditionType.Trusted, reason, full),
                Verdict.fails(ConditionType.Ready, reason, full));
    }

    /** What the spec asks for was tried and does not work. */
    public static List<Verdict> failed(Probe.Failed failed, boolean inUse) {
        String reason = failed.cause().name();
        String full = failed.message() + keeping(inUse);
        return List.of(
                reachable(failed.cause(), full),
                Probe.concernsTrust(failed.cause())
                        ? Verdict.fails(ConditionType.Trusted, reason, full)
                        : Verdict.unknown(ConditionType.Trusted, reason, full),
                Verdict.fails(ConditionType.Ready, reason, full));
    }

    /** What answers there is not who was known, or cannot be known again. */
    public static List<Verdict> distrusted(String reason, String message, boolean inUse) {
        String full = message + keeping(inUse);
        return List.of(
                Verdict.holds(ConditionType.Reachable, "Connected", "it answers, but is not trusted"),
                Verdict.fails(ConditionType.Trusted, reason, full),
                Verdict.fails(ConditionType.Ready, reason, full));
    }

    /** Who looks for a fault in the network should be right to do so. */
    private static Verdict reachable(Probe.Cause cause, String why) {
        return switch (cause) {
            case CertificateNotTrusted,
                    CertificateNameMismatch,
                    CertificateExpired,
                    TlsHandshakeFailed,
                    TlsProtocolTooOld,
                    TlsRequired ->
                Verdict.holds(ConditionType.Reachable, "Connected", "it answers, but is not trusted");
            case LoginRefused,
                    LoginRequired,
                    TooManyClients,
                    VirtualHostRefused,
                    ClientCertificateRequired,
                    ClientCertificateRefused ->
                Verdict.holds(ConditionType.Reachable, "Connected", "it answers, but does not let the operator in");
            case AddressNotAllowed -> Verdict.unknown(ConditionType.Reachable, cause.name(), why);
            case HostNotFound,
                    ConnectionRefused,
                    TimedOut,
                    SentinelsUnreachable,
                    SentinelLoginRefused,
                    MasterUnknown,
                    NotMaster,
                    Failed -> Verdict.fails(ConditionType.Reachable, cause.name(), why);
        };
    }

    /** It works, but pools cannot be given it: a Secret of the operator's has a name that is somebody else's. */
    public static List<Verdict> conflict(String endpoint, Verdict trusted, String secret) {
        String message = "Secret " + secret + " exists and is not the operator's: rename or delete it";
        return answering(endpoint, trusted, Verdict.fails(ConditionType.Ready, "NameConflict", message));
    }

    /** It works, but pools cannot be given it: the API server takes no Secret, for the reason it gives. */
    public static List<Verdict> refused(String endpoint, Verdict trusted, String secret, String why) {
        String message = "the API server refuses Secret " + secret + ": " + why;
        return answering(endpoint, trusted, Verdict.fails(ConditionType.Ready, "Refused", message));
    }

    private static List<Verdict> answering(String endpoint, Verdict trusted, Verdict ready) {
        return List.of(Verdict.holds(ConditionType.Reachable, "Connected", endpoint + " answers"), trusted, ready);
    }

    /** What is to be said of a connection that works. */
    public static Verdict trusted(Connection connection) {
        if (!connection.endpoint().tls()) {
            return Verdict.fails(
                    ConditionType.Trusted,
                    "PlainConnection",
                    "%s is not encrypted, and nobody vouches for the server; %s would"
                            .formatted(
                                    connection.endpoint().protocol().scheme(false),
                                    connection.endpoint().protocol().scheme(true)));
        }
        return switch (connection.verification().extent()) {
            case Full ->
                Verdict.holds(
                        ConditionType.Trusted,
                        "CertificateVerified",
                        "chain and name of its certificate were verified"
                                + connection
                                        .verification()
                                        .serverName()
                                        .map(name -> ", the name being " + name)
                                        .orElse(""));
            case CA ->
                Verdict.holds(
                        ConditionType.Trusted,
                        "ChainVerified",
                        "the chain of its certificate was verified, not its name: whoever has a certificate of that authority may answer "
                                + "(tls.verify: CA)");
            case None ->
                Verdict.fails(
                        ConditionType.Trusted,
                        VERIFICATION_DISABLED,
                        "tls.verify: None: encrypted, but to whoever answers; give tls.trust and leave tls.verify out");
        };
    }

    private static String keeping(boolean inUse) {
        return inUse ? "; running, restarted and added pods keep the connection that was last proven" : "";
    }

    /** The reason and message of Ready. */
    public static Optional<Verdict> ready(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.type() == ConditionType.Ready)
                .findFirst();
    }
}
