package dev.workerpool.operator;

import dev.workerpool.api.BrokerStatus;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.status.Lifetime.Holder;
import dev.workerpool.telemetry.page.BrokerRow;
import dev.workerpool.telemetry.page.FleetMemory;
import dev.workerpool.telemetry.page.Told;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What happens to pools and Brokers, told to the page's memory, and to the next listener. */
record Remembered(FleetMemory memory, Metered next) implements PoolListener, BrokerListener {

    @Override
    public void observed(PoolKey pool, Sighting sighting) {
        memory.observed(pool, sighting);
        next.observed(pool, sighting);
    }

    @Override
    public void told(PoolKey pool, List<Condition> conditions) {
        memory.told(pool, told(conditions));
        next.told(pool, conditions);
    }

    @Override
    public void scaled(PoolKey pool, int from, int to, Decision decision) {
        memory.scaled(pool, from, to, decision);
        next.scaled(pool, from, to, decision);
    }

    @Override
    public void gone(PoolKey pool) {
        memory.gone(pool);
        next.gone(pool);
    }

    @Override
    public void told(BrokerKey broker, BrokerStatus status, Map<Holder, Instant> ends) {
        Optional<BrokerStatus.Server> server = Optional.ofNullable(status.server());
        memory.told(new BrokerRow(
                broker.namespace(),
                broker.name(),
                status.endpoint(),
                server.map(known -> known.product() + " " + known.version()).orElse(null),
                server.map(BrokerStatus.Server::tls).orElse(null),
                server.flatMap(Remembered::certificate).orElse(null),
                told(Objects.requireNonNull(status.conditions()))));
        next.told(broker, status, ends);
    }

    @Override
    public void gone(BrokerKey broker) {
        memory.goneBroker(broker.namespace(), broker.name());
        next.gone(broker);
    }

    @Override
    public void noneKnown() {
        memory.clear();
        next.noneKnown();
    }

    private static Optional<BrokerRow.Certificate> certificate(BrokerStatus.Server server) {
        return server.expires().map(expires -> {
            BrokerStatus.Certificate authority =
                    Objects.requireNonNull(server.chain()).getLast();
            return new BrokerRow.Certificate(expires.getEpochSecond(), authority.subject(), authority.sha256());
        });
    }

    private static List<Told> told(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> new Told(
                        condition.getType(),
                        condition.getStatus(),
                        condition.getReason(),
                        condition.getMessage(),
                        condition.getLastTransitionTime()))
                .toList();
    }
}
