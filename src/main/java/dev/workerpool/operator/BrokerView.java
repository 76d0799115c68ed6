package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.Protocol;
import dev.workerpool.desired.Proven;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** A Broker as its pools see it. */
sealed interface BrokerView {
    /** For the first moments of a Broker; nothing that a person need hear of. */
    String NOT_PROVEN_YET = "NotProvenYet";

    /** There is none of that name. */
    record Missing(String name) implements BrokerView {}

    /** Nothing of it was ever proven: its pools stay at zero. */
    record Unproven(String reason, String message) implements BrokerView {}

    /**
     * Its pools may run on what was proven.
     *
     * @param issuedBy the fingerprint of the authority by which each pool is issued its own identity, where that is so
     * @param trouble why it is not Ready now, where it is not; running pods keep what works
     */
    record Usable(Proven proven, Optional<String> issuedBy, Optional<Trouble> trouble) implements BrokerView {
        /** With the pool's Secret to sign messages by. */
        Usable signingBy(String secret) {
            return new Usable(proven.signingBy(Optional.of(secret)), issuedBy, trouble);
        }
    }

    /** A condition's reason and message. */
    record Trouble(String reason, String message) {}

    static BrokerView of(String name, Optional<Broker> broker) {
        if (broker.isEmpty()) {
            return new Missing(name);
        }
        Optional<BrokerStatus> status = Optional.ofNullable(broker.get().getStatus());
        Optional<Trouble> trouble = status.flatMap(now -> ConditionList.find(now.conditions(), ConditionType.Ready))
                .filter(ready -> !"True".equals(ready.getStatus()))
                .map(BrokerView::trouble);
        return status.map(BrokerStatus::proven)
                .<BrokerView>map(proven -> new Usable(
                        new Proven(
                                proven.connectionSecret(),
                                Optional.ofNullable(proven.trustSecret()),
                                // Where pools are issued their own, this one is the operator's.
                                Optional.ofNullable(proven.issuedBy() == null ? proven.identitySecret() : null),
                                Optional.ofNullable(proven.codeSecret()),
                                Optional.ofNullable(proven.verify()),
                                protocol(proven)),
                        Optional.ofNullable(proven.issuedBy()),
                        trouble))
                .orElseGet(() -> trouble.<BrokerView>map(why -> new Unproven(why.reason(), why.message()))
                        .orElseGet(() -> new Unproven(NOT_PROVEN_YET, "the broker has not been tried yet")));
    }

    /** Absent from what was proven before there was another one. */
    static Protocol protocol(BrokerStatus.Proven proven) {
        return proven.protocol() == null ? Protocol.Redis : Protocol.valueOf(proven.protocol());
    }

    private static Trouble trouble(Condition ready) {
        return new Trouble(ready.getReason(), ready.getMessage());
    }
}
