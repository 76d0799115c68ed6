package dev.workerpool.broker.redis;

import dev.workerpool.broker.BrokerClient.Interest;
import dev.workerpool.broker.BrokerClient.Listener;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Replies;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.Measurement.Unavailable;
import dev.workerpool.scaling.WorkerReport;
import dev.workerpool.scaling.Workers;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes measurements of what a round read and of what was heard beside it, and tells each pool's to the listener. */
final class Telling {
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    private final Listener listener;
    private final Agenda agenda;
    private final Hearing hearing;
    private final Clock clock;
    private final int database;
    private volatile boolean over;

    Telling(Listener listener, Agenda agenda, Hearing hearing, Clock clock, int database) {
        this.listener = listener;
        this.agenda = agenda;
        this.hearing = hearing;
        this.clock = clock;
        this.database = database;
    }

    List<String> channels(Query query) {
        return query.framework().reportChannels(database);
    }

    /** @param timers where pools at rest are to be read again when something falls due */
    void answered(Round round, Replies replies, Optional<DueTimes> timers) {
        Map<List<String>, List<WorkerReport>> heard = new HashMap<>();
        round.pools().forEach((pool, query) -> {
            if (round.isSpoiled(agenda.readers().keysOf(pool))) {
                agenda.add(List.of(pool));
            } else {
                tell(pool, query, () -> {
                    List<WorkerReport> reports = heard.computeIfAbsent(channels(query), hearing::reports);
                    Measured measured = measured(pool, query, replies, reports);
                    timers.ifPresent(due -> due.note(pool, measured, replies.asked()));
                    return hearing.deafness(channels(query))
                            .<Measurement>map(why -> measured.with(new Workers.Untold(why)))
                            .orElse(measured);
                });
            }
        });
    }

    private Measured measured(PoolKey pool, Query query, Replies replies, List<WorkerReport> reports) {
        Measured read =
                query.framework().interpret(query.queues(), replies.ahead(query.ahead()), reports, clock.instant());
        return agenda.wasStirred(pool) ? read.whenStirred() : read;
    }

    void unavailable(String why) {
        agenda.pools().forEach((pool, query) -> tell(pool, query, () -> new Unavailable(clock.instant(), why)));
    }

    /** From now on nobody is told; a call that has begun may still be under way. */
    void end() {
        over = true;
    }

    /** Nobody is told of a pool that is gone, or asks something else by now; one pool's fault is not another's. */
    private void tell(PoolKey pool, Query query, Supplier<Measurement> measurement) {
        if (over || !query.equals(agenda.pools().get(pool))) {
            return;
        }
        try {
            agenda.rests(pool, listener.measured(pool, measurement.get()) == Interest.CHANGES);
        } catch (RuntimeException e) {
            LOG.error("the measurement of {}/{} was lost", pool.namespace(), pool.name(), e);
        }
    }
}
