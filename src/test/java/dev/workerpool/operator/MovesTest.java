package dev.workerpool.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.Broker;
import dev.workerpool.api.BrokerStatus;
import dev.workerpool.api.BrokerStatus.Moving;
import dev.workerpool.broker.BrokerClient;
import dev.workerpool.broker.Connection;
import dev.workerpool.broker.DataSet;
import dev.workerpool.broker.Endpoint;
import dev.workerpool.broker.PoolKey;
import dev.workerpool.broker.Probe;
import dev.workerpool.broker.Query;
import dev.workerpool.framework.Custom;
import dev.workerpool.operator.Finding.Held;
import dev.workerpool.operator.Trials.Servers;
import dev.workerpool.scaling.Beside;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Measurement;
import dev.workerpool.scaling.QueueReading;
import dev.workerpool.scaling.Workers;
import dev.workerpool.status.BrokerVerdicts;
import dev.workerpool.status.Verdict;
import dev.workerpool.testing.builders.ABroker;
import dev.workerpool.testing.builders.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From one server to another, step by step, with the status as the only memory between two processes. */
class MovesTest {
    private static final BrokerKey JOBS = new BrokerKey("shop", "jobs");
    private static final PoolKey MAIL = new PoolKey("shop", "mail");
    private static final Connection OLD = at("old.example");
    private static final Connection NEW = at("new.example");
    private static final BrokerStatus.Proven OLD_SECRETS =
            new BrokerStatus.Proven("old", null, null, null, null, null, null, "t1");
    private static final BrokerStatus.Proven NEW_SECRETS =
            new BrokerStatus.Proven("new", null, null, null, null, null, null, "t2");

    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final PlayedServers servers = new PlayedServers(Map.of(
            OLD, new DataSet(Set.of("run a"), Set.of(), false), NEW, new DataSet(Set.of("run b"), Set.of(), false)));
    private final BrokerSessions sessions =
            new BrokerSessions(servers, (pool, seen) -> BrokerClient.Interest.READINGS, broker -> {}, clock);
    private final SideSessions sides = new SideSessions(servers, broker -> {});
    private final Trials trials = new Trials(servers, clock);
    private final Moves.Pools pools = new Moves.Pools(broker -> List.of(MAIL), pool -> Figure.of(0));
    private final Moves moves = new Moves(pools, sessions, sides, trials, clock);
    private final FormerServers formers = new FormerServers(pools, sessions, sides, trials, clock);
    private BrokerStatus.Server remembered = new BrokerStatus.Server("redis", "7", null, null, null);

    @AfterEach
    void close() {
        sides.close();
        sessions.close();
    }

    @Test
    void workers_stay_while_there_are_jobs_and_go_when_there_have_been_none_for_a_minute() {
        onTheOld();
        read(OLD, 3);
        Passage staying = passage(arrived(ABroker.aBroker().build()));
        assertEquals("True WorkersStay", said(staying));
        assertEquals(Optional.of(NEW), staying.target());
        read(OLD, 0);
        assertEquals(
                "False OldServerEmpty", said(passage(arrived(ABroker.aBroker().build()))));
        clock.advance(Duration.ofSeconds(59));
        assertEquals(
                "False OldServerEmpty", said(passage(arrived(ABroker.aBroker().build()))));
        clock.advance(Duration.ofSeconds(1));
        Finding gone = arrived(ABroker.aBroker().build());
        assertEquals(Optional.of(NEW), gone.inUse());
        assertEquals("False NothingLeft", said(passage(gone)));
        assertEquals(Optional.of(OLD_SECRETS), passage(gone).moving().map(Moving::former));
    }

    @Test
    void a_server_that_goes_on_from_the_old_ones_data_is_followed_at_once_though_the_old_one_is_gone() {
        onTheOld();
        servers.data.remove(OLD);
        remembered = new BrokerStatus.Server("redis", "7", null, null, List.of("replication 1", "run a"));
        servers.data.put(NEW, new DataSet(Set.of("run b", "replication 2"), Set.of("replication 1"), false));
        Finding gone = arrived(ABroker.aBroker().build());
        assertEquals(Optional.of(NEW), gone.inUse());
        assertEquals(Optional.empty(), gone.passage());
    }

    @Test
    void the_same_jobs_on_both_for_five_seconds_are_the_same_jobs_and_the_new_one_is_not_looked_at_any_more() {
        servers.data.put(OLD, DataSet.UNTOLD);
        onTheOld();
        read(OLD, 3);
        assertEquals("True WorkersStay", said(passage(arrived(ABroker.aBroker().build()))));
        read(NEW, 3);
        assertEquals("True WorkersStay", said(passage(arrived(ABroker.aBroker().build()))));
        clock.advance(Duration.ofSeconds(5));
        Finding gone = arrived(ABroker.aBroker().build());
        assertEquals(Optional.of(NEW), gone.inUse());
        assertEquals(Optional.empty(), gone.passage());
        assertEquals(Set.of(OLD), servers.open);
    }

    @Test
    void a_replica_is_no_place_for_workers() {
        onTheOld();
        for (DataSet data : List.of(
                new DataSet(Set.of("run b"), Set.of(), true),
                new DataSet(Set.of("run b", "replication 1"), Set.of(), true))) {
            servers.data.put(NEW, data);
            Finding refused = arrived(ABroker.aBroker().build());
            assertEquals(Optional.of(OLD), refused.inUse());
            assertEquals(
                    "NotMaster",
                    BrokerVerdicts.ready(refused.verdicts()).orElseThrow().reason());
        }
    }

    @Test
    void a_silent_server_is_left_after_a_minute_and_what_was_last_seen_there_is_told() {
        onTheOld();
        read(OLD, 3);
        servers.data.remove(OLD);
        servers.listener(OLD).measured(MAIL, new Measurement.Unavailable(clock.instant(), "refused"));
        Passage staying = passage(arrived(ABroker.aBroker().build()));
        assertEquals("True WorkersStay", said(staying));
        assertEquals(Optional.of("3 waiting in queue mail"), staying.moving().map(Moving::left));
        clock.advance(Duration.ofSeconds(60));
        Finding gone = arrived(ABroker.aBroker().build());
        assertEquals("True OldServerSilent", said(passage(gone)));
        String event = passage(gone).said().orElseThrow().message();
        assertTrue(event.contains("3 waiting in queue mail"), event);
    }

    @Test
    void a_person_may_say_that_workers_follow_and_what_they_leave_is_counted() {
        onTheOld();
        read(OLD, 3);
        Finding gone = arrived(ABroker.aBroker().following().build());
        assertEquals(Optional.of(NEW), gone.inUse());
        assertEquals("True LeftOnOldServer", said(passage(gone)));
        Passage watched =
                passage(after(ABroker.aBroker().following(), passage(gone).moving(), 3));
        assertEquals("True LeftOnOldServer", said(watched));
    }

    @Test
    void jobs_that_come_late_take_workers_back_and_the_next_wait_is_longer() {
        Finding back = after(ABroker.aBroker(), Optional.of(moved("nothing")), 1);
        assertEquals(Optional.of(OLD), back.inUse());
        assertEquals(Optional.of(OLD_SECRETS), back.proven());
        assertEquals(Optional.of(1), passage(back).moving().map(Moving::timesBack));
        assertEquals("True WorkersStay", said(passage(back)));
    }

    @Test
    void an_empty_old_server_is_looked_at_for_ten_minutes() {
        assertEquals("False NothingLeft", said(passage(after(ABroker.aBroker(), Optional.of(moved("nothing")), 0))));
        clock.advance(Duration.ofMinutes(10));
        Passage over = passage(look(ABroker.aBroker(), Optional.of(moved("nothing"))));
        assertEquals(Optional.empty(), over.moving());
        assertEquals(Optional.empty(), over.verdict());
    }

    @Test
    void one_that_stays_silent_is_given_up_with_what_was_last_seen_there() {
        look(ABroker.aBroker(), Optional.of(moved("3 waiting in queue mail")));
        servers.listener(OLD).measured(MAIL, new Measurement.Unavailable(clock.instant(), "refused"));
        clock.advance(Duration.ofMinutes(10));
        Passage over = passage(look(ABroker.aBroker(), Optional.of(moved("3 waiting in queue mail"))));
        assertEquals(Optional.empty(), over.moving());
        assertEquals("False GivenUp", said(over));
        assertTrue(over.verdict().orElseThrow().message().contains("3 waiting in queue mail"));
    }

    @Test
    void what_is_left_on_a_server_before_the_old_one_is_said_when_the_URL_changes_again() {
        onTheOld();
        read(OLD, 3);
        Broker broker =
                ABroker.aBroker().moving(moved("7 waiting in queue mail")).build();
        String event = passage(arrived(broker)).said().orElseThrow().message();
        assertTrue(event.contains("7 waiting in queue mail"), event);
        assertEquals(
                Optional.empty(), passage(arrived(ABroker.aBroker().build())).said());
    }

    private void onTheOld() {
        sessions.measure(MAIL, JOBS, query());
        sessions.open(JOBS, OLD, Duration.ofSeconds(1));
    }

    private Finding arrived(Broker broker) {
        Probe.Answered there = (Probe.Answered) servers.probe(NEW, Duration.ofSeconds(1));
        return moves.arrived(
                broker,
                new Held(Optional.of(OLD_SECRETS), Optional.of(OLD), remembered),
                new Servers(OLD, NEW, there),
                MovesTest::given);
    }

    private static Finding given() {
        return new Finding(
                BrokerVerdicts.connected(NEW.place(), BrokerVerdicts.trusted(NEW)),
                new Held(Optional.of(NEW_SECRETS), Optional.of(NEW), null),
                Optional.empty());
    }

    private Finding after(ABroker broker, Optional<Moving> moving, long jobsOnOld) {
        look(broker, moving);
        read(OLD, jobsOnOld);
        return look(broker, moving);
    }

    private Finding look(ABroker broker, Optional<Moving> moving) {
        sessions.measure(MAIL, JOBS, query());
        return formers.after(broker.moving(moving.orElseThrow()).build(), given(), names -> Optional.of(OLD));
    }

    private static Moving moved(String left) {
        return new Moving(OLD.place(), NEW.place(), "t", OLD_SECRETS, left, null);
    }

    private void read(Connection server, long waiting) {
        servers.listener(server)
                .measured(
                        MAIL,
                        new Measurement.Measured(
                                clock.instant(),
                                List.of(new QueueReading(
                                        "mail",
                                        Figure.of(waiting),
                                        Figure.of(0),
                                        Figure.of(0),
                                        Figure.of(0),
                                        waiting == 0
                                                ? Optional.empty()
                                                : Optional.of(new QueueReading.Tail("first", Optional.empty())))),
                                new Workers.Counted(Figure.of(0)),
                                false,
                                Beside.NOT_KEPT));
    }

    private static Passage passage(Finding finding) {
        return finding.passage().orElseThrow();
    }

    private static String said(Passage passage) {
        Verdict verdict = passage.verdict().orElseThrow();
        return verdict.status() + " " + verdict.reason();
    }

    private static Connection at(String host) {
        return new Connection(new Endpoint(host, 6379, 0, false), Optional.empty(), List.of());
    }

    private static Query query() {
        return new Query(new Custom(List.of(), List.of()), List.of("mail"), Duration.ZERO);
    }
}
