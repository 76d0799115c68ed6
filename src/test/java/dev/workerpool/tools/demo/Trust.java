package dev.workerpool.tools.demo;

import java.time.Duration;
import java.util.Optional;

/** Waits until the operator has tried the examples' Brokers, and tells why it trusts them. */
record Trust(OperatorChild operator, OperatorPage page) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** @throws IllegalStateException with what the operator says against one of them */
    String awaited(Optional<RedisHere.Security> security) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            operator.mustBeAlive();
            Optional<Fleet> fleet = page.fleet();
            if (fleet.filter(Trust::areReady).isPresent()) {
                return told(fleet.get().brokers().getLast(), security);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the Brokers are not ready after " + PATIENCE.toSeconds() + " s: " + fleet.map(Fleet::brokers));
            }
            Thread.sleep(100);
        }
    }

    /** Both Brokers are proven, and both pools measured and decided for the first time. */
    private static boolean areReady(Fleet fleet) {
        return fleet.brokers().size() == App.ALL.size()
                && fleet.brokers().stream()
                        .allMatch(broker -> broker.condition("Ready")
                                .filter(ready -> ready.status().equals("True"))
                                .isPresent())
                && fleet.pools().stream().filter(row -> row.desired() != null).count() == App.ALL.size();
    }

    private static String told(Fleet.Broker broker, Optional<RedisHere.Security> security) {
        String about = broker.condition("Trusted")
                .map(trusted ->
                        "Trusted=" + trusted.status() + (trusted.status().equals("True") ? "" : " " + trusted.reason()))
                .orElse("Trusted=Unknown");
        return security.map(by -> "%s: %s, self-signed by \"%s\", known from ConfigMap corp-ca"
                        .formatted(about, broker.tls(), by.authority()))
                .orElse(about + ": this Redis speaks no TLS");
    }
}
