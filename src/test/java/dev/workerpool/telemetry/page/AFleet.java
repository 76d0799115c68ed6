package dev.workerpool.telemetry.page;

import dev.workerpool.broker.PoolKey;
import dev.workerpool.scaling.Decision;
import dev.workerpool.scaling.Figure;
import dev.workerpool.scaling.Fleet;
import dev.workerpool.scaling.Reason;
import dev.workerpool.scaling.Settings;
import dev.workerpool.scaling.Sighting;
import dev.workerpool.scaling.StartUp;
import dev.workerpool.scaling.Totals;
import dev.workerpool.testing.builders.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An hour in the life of a fleet, told to a memory in a moment. */
final class AFleet {
    private static final List<String> NAMES = List.of("mail", "images", "reports");
    private static final Settings SETTINGS = new Settings(
            1, 10, Optional.of(new Settings.Scaling(Settings.Mode.ACTIVE, 0, 9, 10, Duration.ofMinutes(5))));

    private final HandClock clock = new HandClock(Instant.now().minus(Duration.ofMinutes(59)));
    private final FleetMemory memory = new FleetMemory(clock, () -> true);

    /** So many pools, of which every third cannot be read in its last minutes. */
    static FleetMemory of(int pools) {
        AFleet fleet = new AFleet();
        fleet.memory.told(broker("jobs", "True", "Connected", "redis.example.com:6379 answers"));
        fleet.memory.told(broker("old", "False", "CertificateNotTrusted", "self-signed certificate in the chain"));
        for (int minute = 0; minute < 60; minute++) {
            for (int pool = 0; pool < pools; pool++) {
                fleet.see(pool, minute);
            }
            fleet.clock.advance(Duration.ofMinutes(1));
        }
        return fleet.memory;
    }

    private static PoolKey key(int pool) {
        return new PoolKey("shop-" + pool % 20, NAMES.get(pool % 3) + "-" + pool);
    }

    private void see(int pool, int minute) {
        boolean blind = pool % 3 == 2 && minute > 50;
        long waiting = Math.max(0, Math.round(60 * Math.sin((minute + pool) / 7.0)));
        int replicas = Math.toIntExact((waiting + 9) / 10);
        Decision decision = blind
                ? Decision.hold(
                        replicas,
                        Reason.BacklogUnknown,
                        "the size stays at %d: key jobs holds a hash, not a list".formatted(replicas))
                : Decision.scaleTo(replicas, Reason.Backlog, "%d waiting, one worker for 10".formatted(waiting));
        memory.observed(
                key(pool), sighting(blind ? new Figure.Unknown("wrong type") : Figure.of(waiting), replicas, decision));
        if (minute % 10 == 0) {
            memory.scaled(key(pool), Math.max(0, replicas - 1), replicas, decision);
        }
        memory.told(key(pool), conditions(blind));
    }

    private Sighting sighting(Figure waiting, int replicas, Decision decision) {
        long jobs = waiting.atLeast();
        return new Sighting(
                SETTINGS,
                new Totals(
                        waiting,
                        Figure.of(0),
                        Figure.of(0),
                        Figure.of(replicas * 2L),
                        jobs > 0 ? Optional.of(clock.instant().minusSeconds(jobs)) : Optional.empty()),
                new Fleet(replicas, replicas, List.of()),
                decision,
                StartUp.UNKNOWN);
    }

    private List<Told> conditions(boolean blind) {
        String now = clock.instant().toString();
        return List.of(
                new Told("Ready", "True", "AsDecided", "as many workers run as were decided, all up to date", now),
                new Told("Stalled", "False", "NotStalled", "nothing needs a person's help", now),
                new Told("BrokerReady", "True", "Connected", "the broker answers", now),
                blind
                        ? new Told("ScalingActive", "False", "BacklogUnknown", "key jobs holds a hash, not a list", now)
                        : new Told("ScalingActive", "True", "Deciding", "the operator decides from what waits", now));
    }

    private static BrokerRow broker(String name, String status, String reason, String message) {
        String trust = status.equals("True") ? "CertificateVerified" : reason;
        Instant expires = Instant.now().plus(Duration.ofHours(1)).plus(Duration.ofDays(status.equals("True") ? 80 : 9));
        return new BrokerRow(
                "shop",
                name,
                "redis.example.com:6379",
                "redis 7.0.15",
                "TLSv1.3",
                new BrokerRow.Certificate(expires.getEpochSecond(), "CN=Private CA", "0123456789abcdef"),
                List.of(
                        new Told("Ready", status, reason, message, "2026-01-01T00:00:00Z"),
                        new Told("Trusted", status, trust, message, "2026-01-01T00:00:00Z")));
    }
}
