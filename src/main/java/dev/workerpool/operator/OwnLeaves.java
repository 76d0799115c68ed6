package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.tls.Authority;
import dev.workerpool.tls.ClientIdentity;
import dev.workerpool.tls.Holder;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operator's own certificates that a server has not taken yet: of each Broker the last one. Another one for each try would be another
 * sentence each time wherever it is told what a server says of it.
 */
final class OwnLeaves {
    private final Mint mint;
    private final Clock clock;
    private final Map<BrokerKey, ClientIdentity> untaken = new ConcurrentHashMap<>();

    OwnLeaves(Mint mint, Clock clock) {
        this.mint = mint;
        this.clock = clock;
    }

    /** The same one again while it is good, and by the same authority. */
    ClientIdentity of(Broker broker, Authority by, IssuerTerms terms) {
        BrokerKey key = BrokerReconciler.key(broker);
        Instant now = clock.instant();
        return untaken.compute(
                key,
                (same, before) -> before != null
                                && !terms.isDue(
                                        before.certificate(), terms.leaf().asked(), by, now)
                        ? before
                        : by.issue(
                                Holder.operator(key.namespace(), key.name()),
                                mint.key(terms.algorithm()),
                                terms.leaf().validity(now)));
    }

    /** It was taken and is written, or is needed no more. */
    void forget(BrokerKey broker) {
        untaken.remove(broker);
    }

    void forgetAll() {
        untaken.clear();
    }
}
