package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CustomTest {
    @ParameterizedTest
    @EnumSource(Custom.Type.class)
    void anyTypeIsCountedByTheKeyOfEachQueue(Custom.Type type) {
        Custom custom = new Custom(List.of(new Custom.Key(type, "jobs:{queue}:wait")), List.of());
        Round round = Round.of(custom, "mail", "low").count("jobs:mail:wait", 3).count("jobs:low:wait", 4);

        assertEquals(Figure.of(3), round.queue("mail").waiting());
        assertEquals(Figure.of(4), round.queue("low").waiting());
    }

    @Test
    void aKeyForThePoolAsAWholeCountsOnceWithTheFirstQueue() {
        Custom custom = new Custom(
                List.of(new Custom.Key(Custom.Type.LIST, "jobs:{queue}"), new Custom.Key(Custom.Type.SET, "shared")),
                List.of(new Custom.Key(Custom.Type.HASH, "busy"), new Custom.Key(Custom.Type.LIST, "busy:{queue}")));
        Round round = Round.of(custom, "mail", "low")
                .count("jobs:mail", 1)
                .count("jobs:low", 2)
                .count("shared", 10)
                .count("busy", 5)
                .count("busy:mail", 20)
                .count("busy:low", 30);

        assertEquals(Figure.of(11), round.queue("mail").waiting());
        assertEquals(Figure.of(2), round.queue("low").waiting());
        assertEquals(new Workers.Counted(Figure.of(55)), round.measured().workers());
    }

    @Test
    void withoutRunningKeysNobodyCanTellWhatRuns() {
        Custom custom = new Custom(List.of(new Custom.Key(Custom.Type.LIST, "jobs")), List.of());

        assertInstanceOf(
                Workers.Untold.class, Round.of(custom, "mail").measured().workers());
    }

    @Test
    void oneRefusedKeySpoilsItsSum() {
        Custom custom = new Custom(
                List.of(
                        new Custom.Key(Custom.Type.LIST, "jobs:{queue}"),
                        new Custom.Key(Custom.Type.LIST, "more:{queue}")),
                List.of(new Custom.Key(Custom.Type.LIST, "busy")));
        Round round = Round.of(custom, "mail", "low")
                .count("jobs:mail", 1)
                .refused("more:mail", "it holds a hash")
                .refused("busy", "no permission");

        assertEquals(new Figure.Unknown("it holds a hash"), round.queue("mail").waiting());
        assertEquals(Figure.of(0), round.queue("low").waiting());
        assertEquals(
                new Workers.Counted(new Figure.Unknown("no permission")),
                round.measured().workers());
    }
}
