package dev.workerpool.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.framework.Custom;
import dev.workerpool.framework.Framework;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement.Measured;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every {@link BrokerClient.Session} promises, whatever the broker is. */
public abstract class BrokerSessionContract {
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final PoolKey MAIL = new PoolKey("default", "mail");
    private static final PoolKey LOW = new PoolKey("default", "low");

    private final Heard heard = new Heard();

    protected abstract BrokerClient client();

    /** A broker that listens now. */
    protected abstract Connection connection();

    /** Where it is found then. */
    protected String address() {
        return connection().endpoint().hostAndPort();
    }

    /** Puts so many jobs into a list of this name. */
    protected abstract void enqueue(String list, int jobs);

    /** Whose jobs these are. */
    protected Framework framework() {
        return new Custom(List.of(new Custom.Key(Custom.Type.LIST, "{queue}")), List.of());
    }

    /** Ends the broker, with its jobs kept. */
    protected abstract void stopBroker();

    protected abstract void startBrokerAgain();

    @Test
    void aNewPoolIsReadAtOnceAndNotOnlyInTheNextRound() {
        enqueue("mail", 3);
        try (BrokerClient.Session session = client().open(connection(), NEVER, heard)) {
            session.measure(Map.of(MAIL, query("mail")));
            heard.measured(MAIL, waiting("mail", 3));

            enqueue("low", 2);
            session.measure(Map.of(MAIL, query("mail"), LOW, query("low")));
            heard.measured(LOW, waiting("low", 2));
            assertEquals(1, heard.times(MAIL), "a pool that is measured already waits for its round");
        }
    }

    @Test
    void aPoolThatAsksSomethingElseIsReadAtOnce() {
        enqueue("mail", 3);
        enqueue("more", 4);
        try (BrokerClient.Session session = client().open(connection(), NEVER, heard)) {
            session.measure(Map.of(MAIL, query("mail")));
            heard.measured(MAIL, waiting("mail", 3));

            session.measure(Map.of(MAIL, query("mail", "more")));

            heard.measured(MAIL, waiting("more", 4));
        }
    }

    @Test
    void everyPoolIsToldEveryRound() {
        try (BrokerClient.Session session = client().open(connection(), OFTEN, heard)) {
            session.measure(Map.of(MAIL, query("mail"), LOW, query("low")));
            heard.measured(MAIL, waiting("mail", 0));
            heard.rounds(LOW, 5);
            enqueue("mail", 1);
            heard.measured(MAIL, waiting("mail", 1));
            heard.rounds(MAIL, 5);

            assertFalse(heard.everConcurrently());
        }
    }

    @Test
    void aPoolThatIsGoneIsToldNothingMore() {
        try (BrokerClient.Session session = client().open(connection(), OFTEN, heard)) {
            session.measure(Map.of(MAIL, query("mail"), LOW, query("low")));
            heard.measured(LOW, waiting("low", 0));

            session.measure(Map.of(MAIL, query("mail")));
            heard.rounds(MAIL, 2);
            int before = heard.times(LOW);
            heard.rounds(MAIL, 5);

            assertEquals(before, heard.times(LOW));
        }
    }

    @Test
    void aBrokerThatGoesIsUnavailableWithAReasonAndIsMeasuredAgainWhenItComesBack() {
        enqueue("mail", 3);
        try (BrokerClient.Session session = client().open(connection(), OFTEN, heard)) {
            session.measure(Map.of(MAIL, query("mail")));
            heard.measured(MAIL, waiting("mail", 3));

            stopBroker();
            String why = heard.unavailable(MAIL).why();
            assertTrue(why.contains(address()), why);
            heard.rounds(MAIL, 3);

            startBrokerAgain();
            heard.measured(MAIL, waiting("mail", 3));
        }
    }

    @Test
    void aBrokerThatIsNotThereYetIsFoundLater() {
        Connection later = connection();
        stopBroker();
        try (BrokerClient.Session session = client().open(later, OFTEN, heard)) {
            session.measure(Map.of(MAIL, query("mail")));
            heard.unavailable(MAIL);

            startBrokerAgain();
            heard.measured(MAIL, waiting("mail", 0));
        }
    }

    @Test
    void nobodyIsToldAnythingAfterTheEnd() throws InterruptedException {
        BrokerClient.Session session = client().open(connection(), OFTEN, heard);
        session.measure(Map.of(MAIL, query("mail")));
        heard.rounds(MAIL, 2);
        session.close();
        await().during(OFTEN.multipliedBy(2)).until(() -> true);
        int before = heard.times(MAIL);

        stopBroker();
        Thread.sleep(OFTEN.multipliedBy(5));

        assertEquals(before, heard.times(MAIL));
    }

    @Test
    void poolsComeAndGoByTheHundredAndNoneIsForgotten() {
        try (BrokerClient.Session session = client().open(connection(), NEVER, heard)) {
            Map<PoolKey, Query> pools = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                pools.put(new PoolKey("default", "pool-" + i), query("queue-" + i));
                session.measure(pools);
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> pools.keySet().stream().allMatch(pool -> heard.times(pool) == 1));
        }
    }

    private Query query(String... queues) {
        return new Query(framework(), List.of(queues), Duration.ZERO);
    }

    private static Predicate<Measured> waiting(String queue, long jobs) {
        return measured -> measured.queues().stream()
                .anyMatch(reading ->
                        reading.name().equals(queue) && reading.waiting().equals(Figure.of(jobs)));
    }
}
