package dev.workerpool.tls;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All who sign messages of a Broker. Every change of it is one write of one Secret, and all else follows from it: what is given to whom,
 * and who is waited for.
 *
 * @param all by name, such as {@code client/web}
 * @param settled since when nobody who runs sends anything else than in this phase and with these keys; empty while that is not known
 * @param done which of the changes that people asked for this is
 */
public record Signers(SigningPhase phase, Map<String, Signer> all, Optional<Instant> settled, String done) {
    public static final Signers NONE = new Signers(SigningPhase.Off, Map.of(), Optional.empty(), "");

    public Signers {
        all = new TreeMap<>(all);
        all.values().removeIf(Signer.NOBODY::equals);
    }

    public Optional<Signer> signer(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** New keys for some, in use only later; or at once, where what they have is at its end. */
    public Signers announcing(Map<String, Credential> coming, boolean atOnce, String asked) {
        Map<String, Signer> now = new TreeMap<>(all);
        coming.forEach((name, credential) -> now.merge(
                name,
                Signer.NOBODY.announcing(credential),
                (before, fresh) -> atOnce
                        ? new Signer(Optional.of(credential), Optional.empty(), before.former())
                        : before.announcing(credential)));
        return new Signers(phase, now, settled, asked);
    }

    Signers in(SigningPhase next) {
        return new Signers(next, all, phase.sendsOtherwise(next) ? Optional.empty() : settled, done);
    }

    Signers settledAt(Instant now) {
        return new Signers(phase, all, Optional.of(now), done);
    }

    /** The same of each, where nobody comes to send otherwise by that. */
    Signers each(UnaryOperator<Signer> change) {
        Map<String, Signer> now = new TreeMap<>(all);
        now.replaceAll((name, signer) -> change.apply(signer));
        return new Signers(phase, now, settled, done);
    }

    /** Somebody comes to send otherwise. */
    Signers unsettled() {
        return new Signers(phase, all, Optional.empty(), done);
    }

    Signers without(String name) {
        Map<String, Signer> now = new TreeMap<>(all);
        now.remove(name);
        return new Signers(phase, now, settled, done);
    }

    Signers with(String name, Signer signer) {
        Map<String, Signer> now = new TreeMap<>(all);
        now.put(name, signer);
        return new Signers(phase, now, settled, done);
    }

    boolean hasFormer() {
        return all.values().stream().anyMatch(signer -> !signer.former().isEmpty());
    }
}
