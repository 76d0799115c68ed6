package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.desired.AuthoritySecret;
import dev.workerpool.tls.Succession;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** Whether an authority that is there is this Broker's own: whoever puts another in its place would sign clients of the server. */
final class Adoption {
    private Adoption() {}

    static Optional<Standing.Refused> doubt(Broker broker, IssuerTerms terms, Origin origin, Secret secret) {
        String name = AuthoritySecret.name(broker);
        if (!AuthoritySecret.isOurs(broker, secret)) {
            return Optional.of(ClientAuthorities.nameTaken(name));
        }
        Optional<Succession> succession = AuthoritySecret.read(secret);
        if (succession.isEmpty()) {
            return Optional.of(new Standing.Refused(
                    "AuthorityUnreadable",
                    "Secret %s holds no authority that can be read: put it back from a backup, or delete it"
                            .formatted(name)));
        }
        String found = succession.get().inUse().sha256();
        if (terms.issuer().accepted().contains(found)
                || origin.isGiven(succession.get().inUse())) {
            return Optional.empty();
        }
        Optional<BrokerStatus.ClientAuthority> recorded =
                Optional.ofNullable(broker.getStatus()).map(BrokerStatus::clientAuthority);
        boolean known = recorded.map(was -> found.equals(was.sha256())
                        || found.equals(was.next())
                        || isAnswer(succession.get(), was, terms))
                .orElse(true);
        boolean ours = known && (recorded.isPresent() || AuthoritySecret.wasMadeFor(broker, secret));
        return ours
                ? Optional.empty()
                : Optional.of(
                        refusal(name, found, recorded.map(BrokerStatus.ClientAuthority::sha256), cure(terms, found)));
    }

    private static String cure(IssuerTerms terms, String found) {
        return terms.issuer().own() == null
                ? "Or delete it: then what is given in tls.clientCertificates.issuer.secretRef is used"
                : "If it is the right one:\ntls:\n  clientCertificates: {issuer: {own: {acceptedFingerprints: [%s]}}}"
                        .formatted(found);
    }

    /** One that has gone is made anew where people ask for it; that they did is not recorded in the same moment. */
    private static boolean isAnswer(Succession found, BrokerStatus.ClientAuthority was, IssuerTerms terms) {
        return !terms.asked().isEmpty()
                && terms.asked().equals(found.done())
                && !terms.asked().equals(was.rotated());
    }

    private static Standing.Refused refusal(String name, String found, Optional<String> recorded, String cure) {
        return recorded.map(known -> new Standing.Refused(
                        "AuthorityChanged",
                        "Secret %s holds another authority (SHA-256 %s) than the one in use (SHA-256 %s): put that back. %s"
                                .formatted(name, found, known, cure)))
                .orElseGet(() -> new Standing.Refused(
                        "AuthorityFound",
                        "Secret %s holds an authority (SHA-256 %s) that was made for another Broker of this name: delete it, and another takes its place. %s"
                                .formatted(name, found, cure)));
    }
}
