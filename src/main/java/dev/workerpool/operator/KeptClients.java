package dev.workerpool.operator;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.ClientStatus;
import dev.workerpool.status.ClientState;
import dev.workerpool.status.ClientVerdicts;
import dev.workerpool.status.ConditionList;
import dev.workerpool.status.ConditionType;
import dev.workerpool.status.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one reconcile found of a Broker's clients.
 *
 * @param again when to look again without being told to
 */
record KeptClients(List<ClientStatus> statuses, Optional<Verdict> verdict, Optional<Duration> again) {
    /** Neither other people's pods nor their Secrets are watched. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    static KeptClients of(List<ClientStatus> statuses, List<ClientState> states) {
        boolean settled = states.stream()
                .allMatch(state -> state instanceof ClientState.Current || state instanceof ClientState.Unproven);
        return new KeptClients(
                statuses, ClientVerdicts.of(states), Optional.of(LOOK_AGAIN).filter(time -> !settled));
    }

    /** Nothing of them was looked at. */
    static KeptClients asBefore(Broker broker) {
        Optional<BrokerStatus> before = Optional.ofNullable(broker.getStatus());
        return new KeptClients(
                before.map(BrokerStatus::clients).orElse(List.of()),
                before.flatMap(status -> ConditionList.find(status.conditions(), ConditionType.ClientsReady))
                        .map(is -> new Verdict(
                                ConditionType.ClientsReady,
                                Verdict.Truth.valueOf(is.getStatus()),
                                is.getReason(),
                                is.getMessage())),
                Optional.empty());
    }

    @Nullable List<ClientStatus> shown() {
        return statuses.isEmpty() ? null : statuses;
    }
}
