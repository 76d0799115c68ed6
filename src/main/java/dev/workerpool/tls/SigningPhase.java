package dev.workerpool.tls;

import java.util.List;

/**
 * How far a Broker's messages are signed. Celery drops what it does not take, so nobody may send what somebody else who runs does not
 * take: any two neighbouring phases go together, and the next one begins when all run with the one before.
 */
public enum SigningPhase {
    /** Nobody has a key. */
    Off,

    /** Pools take signed messages beside unsigned ones, and send unsigned ones. */
    Accepting,

    /** Clients sign, and take both. */
    ClientsSigning,

    /** Pools sign as well. */
    Signing,

    /** Nobody takes unsigned messages: whoever starts from now on. */
    Enforcing,

    /** The same, by everybody who runs. */
    Enforced;

    public boolean poolsHaveKeys() {
        return this != Off;
    }

    public boolean clientsHaveKeys() {
        return compareTo(ClientsSigning) >= 0;
    }

    public boolean poolsSign() {
        return compareTo(Signing) >= 0;
    }

    /** Whether nothing unsigned is taken. */
    public boolean requiresSignatures() {
        return compareTo(Enforcing) >= 0;
    }

    SigningPhase towards(SigningPhase goal) {
        List<SigningPhase> all = List.of(values());
        return all.get(all.indexOf(this) + Integer.signum(goal.compareTo(this)));
    }

    /** Whether messages of another kind, which that phase drops, may be in queues, though nobody sends them any more. */
    boolean dropsBy(SigningPhase next) {
        return (this == Signing && next == Enforcing) || (this == Accepting && next == Off);
    }

    /** Whether somebody sends otherwise in that phase. */
    boolean sendsOtherwise(SigningPhase other) {
        return clientsHaveKeys() != other.clientsHaveKeys() || poolsSign() != other.poolsSign();
    }
}
