package dev.workerpool.broker.dialling;

import dev.workerpool.broker.Probe.Cause;
import dev.workerpool.broker.Probe.Failed;
import dev.workerpool.tls.ClientIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a server let a client down in the handshake, in words that name what it was presented. */
public final class ClientWords {
    /** Lines for the Broker's spec. */
    private static final String PRESENT_IT = """
            tls:
              clientCertificates: {secretRef: {name: broker-client}}   # keys tls.crt and tls.key""";

    private static final String RECEIVED = "Received fatal alert: ";

    private final String where;
    private final Presenting presenting;
    private final ServerSettings settings;

    /** @param where host and port */
    public ClientWords(String where, Presenting presenting, ServerSettings settings) {
        this.where = where;
        this.presenting = presenting;
        this.settings = settings;
    }

    /**
     * What a server's own administrator would set.
     *
     * @param safeProtocols a sentence's end that has it speak TLS 1.2 and 1.3
     * @param clientAuthorities the setting that names the authorities whose clients it takes
     */
    public record ServerSettings(String safeProtocols, String clientAuthorities) {}

    /** @param said by the JDK, of a handshake that failed or of what came after it */
    public Optional<Failed> explain(String said) {
        if (said.contains("protocol_version")) {
            return Optional.of(tooOld());
        }
        int alert = said.indexOf(RECEIVED);
        if (alert < 0) {
            return Optional.empty();
        }
        String word = said.substring(alert + RECEIVED.length()).strip();
        return "certificate_required".equals(word) ? Optional.of(wanted()) : afterAsking(word);
    }

    /** Where the server hung up without a word, after it had asked. */
    public Optional<Failed> hungUp() {
        return afterAsking(null);
    }

    private Optional<Failed> afterAsking(@Nullable String alert) {
        if (!presenting.wasAsked()) {
            return Optional.empty();
        }
        return Optional.of(
                presenting.fits()
                        ? presenting
                                .identity()
                                .map(identity -> refused(identity, alert))
                                .orElseGet(this::wanted)
                        : wanted());
    }

    private Failed tooOld() {
        return new Failed(
                Cause.TlsProtocolTooOld,
                where + " speaks no version of TLS that is still safe (1.2 or 1.3): " + settings.safeProtocols());
    }

    private Failed wanted() {
        String ours = presenting
                .identity()
                .map(identity -> presenting.fits()
                        ? "%s was not presented".formatted(describe(identity))
                        : "it takes no key of kind %s, as that of %s is"
                                .formatted(identity.key().getAlgorithm(), describe(identity)))
                .orElse("none is configured");
        return new Failed(
                Cause.ClientCertificateRequired,
                "%s asks for a client certificate, and %s; give one that an authority signed which the server trusts:\n%s"
                        .formatted(where, ours, PRESENT_IT));
    }

    private Failed refused(ClientIdentity identity, @Nullable String alert) {
        return new Failed(
                Cause.ClientCertificateRefused,
                "%s refused the client certificate that it was presented, %s: %s"
                        .formatted(where, describe(identity), why(identity, alert)));
    }

    private String why(ClientIdentity identity, @Nullable String alert) {
        String issuer = identity.chain().getLast().getIssuerX500Principal().getName();
        if (alert == null) {
            return "it closed the connection; does it trust %s (%s)?".formatted(issuer, settings.clientAuthorities());
        }
        return switch (alert) {
            case "unknown_ca" ->
                "it does not trust %s, which signed it; add that authority to the server's (%s), or present one that it trusts"
                        .formatted(issuer, settings.clientAuthorities());
            case "certificate_expired" ->
                "it is not valid at the server's time, but from %s to %s; present a new one"
                        .formatted(
                                identity.certificate().getNotBefore().toInstant(),
                                identity.certificate().getNotAfter().toInstant());
            case "certificate_revoked" -> "it was revoked; present a new one";
            case "unsupported_certificate" -> "it is not one for clients, or of a kind that the server does not take";
            default ->
                "%s; does the server trust %s (%s)?"
                        .formatted(alert.replace('_', ' '), issuer, settings.clientAuthorities());
        };
    }

    private static String describe(ClientIdentity identity) {
        return "%s (SHA-256 %s)".formatted(identity.subject(), identity.sha256());
    }
}
