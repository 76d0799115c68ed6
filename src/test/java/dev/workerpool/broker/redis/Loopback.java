package dev.workerpool.broker.redis;

import dev.workerpool.broker.AddressGuard;
import dev.workerpool.broker.AddressRules;
import dev.workerpool.broker.Cidr;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Brokers whose servers are on this machine, as those of all tests are. */
final class Loopback {
    private Loopback() {}

    static RedisBroker broker() {
        return broker(Clock.systemUTC());
    }

    static RedisBroker broker(Clock clock) {
        return broker(clock, allowing("127.0.0.0/8", "::1"));
    }

    static RedisBroker broker(AddressGuard guard) {
        return broker(Clock.systemUTC(), guard);
    }

    static RedisBroker broker(AddressGuard guard, Names names) {
        return new RedisBroker(Clock.systemUTC(), RandomGenerator.getDefault(), Duration.ofMillis(100), guard, names);
    }

    /** Allows these besides what is allowed anyway. */
    static AddressGuard allowing(String... blocks) {
        return guard(List.of(blocks), List.of());
    }

    static AddressGuard guard(List<String> allowed, List<String> denied) {
        AddressRules rules = new AddressRules(
                allowed.stream().map(Cidr::parse).toList(),
                denied.stream().map(Cidr::parse).toList());
        return new AddressGuard(rules, Set::of);
    }

    private static RedisBroker broker(Clock clock, AddressGuard guard) {
        return new RedisBroker(clock, RandomGenerator.getDefault(), guard);
    }
}
