package dev.workerpool.status;

import dev.workerpool.status.Lifetime.Holder;
import dev.workerpool.status.Lifetime.Stage;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When the certificates that a broker's connections need come to their ends, as a condition. */
public final class ExpiryVerdicts {
    private ExpiryVerdicts() {}

    /** Who renews client certificates: another must do something where one comes near its end. */
    public enum Issuer {
        People("put a new one into its Secret"),
        Operator("the operator renews it in time, unless Ready or CertificateReady says what is in its way"),
        GivenAuthority(
                "the operator renews it as long as its authority lasts: give that one's successor where issuer.secretRef says, and see CertificateReady"),
        CertManager(
                "cert-manager renews it: CertificateReady, and kubectl describe certificate, say what is in its way");

        private final String cure;

        Issuer(String cure) {
            this.cure = cure;
        }
    }

    /**
     * Nothing on a plain connection. Authorities of a bundle that have ended, or will, are named: whether one is needed is told by the
     * server's chain.
     *
     * @param clients who issues client certificates
     */
    public static Optional<Verdict> of(List<Lifetime> all, Issuer clients, Instant now) {
        return first(needed(all)).map(first -> {
            String rest = ofBundle(all, now);
            String what = what(first);
            return switch (first.at(now)) {
                case Current ->
                    Verdict.holds(
                            ConditionType.CertificatesCurrent,
                            "Current",
                            what + " is the first to end, at " + first.until() + rest);
                case Expires ->
                    Verdict.fails(
                            ConditionType.CertificatesCurrent,
                            "CertificateExpires",
                            what + " ends at " + first.until() + ": " + cure(first, clients) + rest);
                case ExpiresSoon ->
                    Verdict.fails(
                            ConditionType.CertificatesCurrent,
                            "CertificateExpiresSoon",
                            what + " ends at " + first.until() + ", and then nobody can connect any more: "
                                    + cure(first, clients) + rest);
                case Expired ->
                    Verdict.fails(
                            ConditionType.CertificatesCurrent,
                            "CertificateExpired",
                            what + " ended at " + first.until() + ": " + cure(first, clients) + rest);
            };
        });
    }

    /** When it is to be looked at again. */
    public static Optional<Duration> again(List<Lifetime> all, Instant now) {
        return needed(all).stream()
                .flatMap(one -> one.next(now).stream())
                .min(Comparator.naturalOrder())
                .map(next -> Duration.between(now, next).plusSeconds(1));
    }

    /** What is news: each stage once. */
    public static Optional<Verdict> warning(Optional<Verdict> now, @Nullable List<Condition> shown) {
        return now.filter(verdict -> verdict.status() == Verdict.Truth.False)
                .filter(verdict -> ConditionList.find(shown, ConditionType.CertificatesCurrent)
                        .filter(condition -> condition.getReason().equals(verdict.reason()))
                        .isEmpty());
    }

    /** The end of the first to end of those that somebody holds; of a bundle's, of those that have not ended yet. */
    public static Optional<Instant> end(List<Lifetime> all, Holder holder, Instant now) {
        return first(all.stream()
                        .filter(one -> one.of() == holder)
                        .filter(one -> holder != Holder.Bundle || one.until().isAfter(now))
                        .toList())
                .map(Lifetime::until);
    }

    private static List<Lifetime> needed(List<Lifetime> all) {
        return all.stream().filter(one -> one.of() != Holder.Bundle).toList();
    }

    private static Optional<Lifetime> first(List<Lifetime> some) {
        return some.stream().min(Comparator.comparing(Lifetime::until));
    }

    private static String what(Lifetime certificate) {
        return switch (certificate.of()) {
            case Server -> certificate.subject() + " in the server's chain";
            case Client -> "the client certificate of " + certificate.subject();
            case Bundle -> certificate.subject() + " of the bundle";
        };
    }

    private static String cure(Lifetime certificate, Issuer clients) {
        return switch (certificate.of()) {
            case Server -> "whoever runs the server must renew it there";
            case Client -> clients.cure;
            case Bundle -> "put its successor into the bundle";
        };
    }

    private static String ofBundle(List<Lifetime> all, Instant now) {
        String named = all.stream()
                .filter(one -> one.of() == Holder.Bundle && one.at(now) != Stage.Current)
                .sorted(Comparator.comparing(Lifetime::until))
                .map(one -> one.subject() + (one.at(now) == Stage.Expired ? " ended at " : " ends at ") + one.until())
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? "" : "; of the authorities that are trusted, " + named;
    }
}
