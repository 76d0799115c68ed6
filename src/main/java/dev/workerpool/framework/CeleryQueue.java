package dev.workerpool.framework;

import dev.workerpool.framework.CeleryList.Listed;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.QueueReading.Tail;
import dev.workerpool.scaling.QueueReading.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One queue of Celery at one moment.
 *
 * @param later messages that are not to begin before a worker that is not there yet could have started
 * @param next when this is another reading by nothing but the time
 */
record CeleryQueue(QueueReading reading, Figure later, Optional<Instant> next) {

    static CeleryQueue of(
            String queue, List<CeleryList> lists, CeleryTaken all, Duration visibilityTimeout, Replies replies) {
        List<Listed> listed = lists.stream().map(list -> list.listed(replies)).toList();
        List<Taken> taken = all.of(queue, replies.moment(), visibilityTimeout);
        Figure held = all.held(taken);
        // Of the lowest priority that has any: workers come to it last, so while they keep up at all it is the one that
        // waits longest.
        Optional<Tail> tail = lists.reversed().stream()
                .flatMap(list -> list.tail(replies).stream())
                .findFirst();
        Figure inLists = listed.stream().map(Listed::later).reduce(Figure.of(0), Figure::plus);
        return new CeleryQueue(
                new QueueReading(
                        queue,
                        listed.stream().map(Listed::waiting).reduce(Figure.of(0), Figure::plus),
                        held,
                        Figure.of(0),
                        Figure.of(0),
                        tail,
                        taken),
                held instanceof Figure.Unknown ? held : inLists.plus(later(taken)),
                next(listed, taken, replies.moment()));
    }

    private static Figure later(List<Taken> taken) {
        return Figure.of(
                taken.stream().filter(message -> message.later().isPresent()).count());
    }

    private static Optional<Instant> next(List<Listed> listed, List<Taken> taken, Moment moment) {
        Stream<Instant> inLists =
                listed.stream().flatMap(list -> list.times().stream()).map(time -> time.minus(moment.ahead()));
        Stream<Instant> ofWorkers =
                taken.stream().flatMap(message -> Stream.concat(message.later().stream(), Stream.of(message.back())));
        return Stream.concat(inLists, ofWorkers).filter(moment.now()::isBefore).min(Instant::compareTo);
    }
}
