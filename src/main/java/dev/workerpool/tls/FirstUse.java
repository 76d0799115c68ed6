package dev.workerpool.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Trust on first use: the authority that a server first presents is pinned, and another one is refused until a person accepts it. Who stands
 * between at the first use is pinned as well; that is the bargain.
 *
 * @param kept the pin
 * @param recorded what the Broker's status says was pinned: where the pin itself has gone, nothing else is pinned in its place
 */
public record FirstUse(Optional<Pin> kept, Optional<Recorded> recorded) {

    /** A pin without its certificate. */
    public record Recorded(String place, String sha256) {}

    /**
     * What holds now.
     *
     * @param accepted fingerprints that a person takes, in lower-case hexadecimal
     */
    public record Terms(String place, String source, Set<String> accepted) {
        public Terms {
            accepted = Set.copyOf(accepted);
        }
    }

    /** What follows. */
    public sealed interface Decision {
        /** Known already: this authority and no other. */
        record Known(Pin pin) implements Decision {}

        /** To be kept from now on, before anything secret is said. */
        record Pinned(Pin pin) implements Decision {}

        /** A condition's reason and message. */
        record Refused(String reason, String message) implements Decision {}
    }

    /** The authority, where it is known without a look at what the server presents; a look is due otherwise, and after a refusal. */
    public Optional<Decision> unseen(Terms now) {
        return kept.filter(
                        pin -> pin.place().equals(now.place()) && pin.source().equals(now.source()))
                .map(pin -> isRecordedOtherwise(pin, now) ? tampered(pin) : new Decision.Known(pin));
    }

    /** @param presented by the server, its own certificate first */
    public Decision seen(Terms now, List<X509Certificate> presented) {
        Optional<X509Certificate> authority =
                presented.stream().filter(Certificates::isSelfSigned).findFirst();
        if (authority.isEmpty()) {
            return new Decision.Refused(
                    "NoAuthorityPresented",
                    "%s presents no self-signed certificate, by which it could be known again: give the authority's as trust.bundle"
                            .formatted(now.place()));
        }
        Pin found = new Pin(now.place(), now.source(), authority.get());
        if (now.accepted().contains(found.sha256())) {
            return kept.filter(found::equals)
                    .<Decision>map(Decision.Known::new)
                    .orElseGet(() -> new Decision.Pinned(found));
        }
        return kept.map(pin -> beside(pin, found, now)).orElseGet(() -> withoutPin(found, now));
    }

    private Decision beside(Pin pin, Pin found, Terms now) {
        if (!pin.source().equals(now.source())) {
            return new Decision.Pinned(found); // a new URL is a new first use
        }
        if (isRecordedOtherwise(pin, now)) {
            return tampered(pin);
        }
        return found.sha256().equals(pin.sha256())
                ? new Decision.Known(pin)
                : new Decision.Refused(
                        "PinnedAuthorityChanged",
                        "%s was known by %s (SHA-256 %s) and now presents %s (SHA-256 %s): somebody may stand between. %s"
                                .formatted(
                                        now.place(),
                                        pin.subject(),
                                        pin.sha256(),
                                        found.subject(),
                                        found.sha256(),
                                        acceptIt(found)));
    }

    /** The pin has gone, or there was none. */
    private Decision withoutPin(Pin found, Terms now) {
        if (recorded.isEmpty() && !now.accepted().isEmpty()) {
            return new Decision.Refused(
                    "AuthorityNotAccepted",
                    "%s presents %s (SHA-256 %s), which is none of acceptedFingerprints, where nothing is pinned yet: somebody may stand between. %s"
                            .formatted(now.place(), found.subject(), found.sha256(), acceptIt(found)));
        }
        Optional<String> before = recorded.filter(known -> known.place().equals(now.place()))
                .map(Recorded::sha256)
                .filter(sha256 -> !sha256.equals(found.sha256()));
        return before.<Decision>map(sha256 -> new Decision.Refused(
                        "PinMissing",
                        "the Secret with the pinned authority of %s (SHA-256 %s) has gone, and the server presents another, %s (SHA-256 %s). %s"
                                .formatted(now.place(), sha256, found.subject(), found.sha256(), acceptIt(found))))
                .orElseGet(() -> new Decision.Pinned(found));
    }

    private boolean isRecordedOtherwise(Pin pin, Terms now) {
        return recorded.filter(known -> known.place().equals(pin.place())
                        && !known.sha256().equals(pin.sha256())
                        && !now.accepted().contains(pin.sha256()))
                .isPresent();
    }

    private Decision tampered(Pin pin) {
        return new Decision.Refused(
                "PinChanged",
                "the Secret with the pinned authority of %s holds another one than was pinned (SHA-256 %s): put that back, or take the new one. %s"
                        .formatted(pin.place(), recorded.map(Recorded::sha256).orElse(""), acceptIt(pin)));
    }

    private static String acceptIt(Pin found) {
        return "If it is the right one:\ntls:\n  trust: {source: FirstUse, acceptedFingerprints: [%s]}"
                .formatted(found.sha256());
    }
}
