package dev.workerpool.tools.demo;

import java.time.Duration;
import java.util.Optional;

/** Waits until the operator has tried the examples' Brokers, and tells why it trusts them. */
record Trust(OperatorChild operator, OperatorPage page) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int BROKERS = 2;

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

    private static boolean areReady(Fleet fleet) {
        return fleet.brokers().size() == BROKERS
                && fleet.brokers().stream()
                        .allMatch(broker -> broker.condition("Ready")
                                .filter(ready -> ready.status().equals("True"))
                                .isPresent());
    }

    private static String told(Fleet.Broker broker, Optional<RedisHere.Security> security) {
        String trusted = broker.condition("Trusted")
                .map(is -> "Trusted=" + is.status() + " " + is.reason())
                .orElse("Trusted=Unknown");
        String about = "Broker " + broker.name() + " " + trusted;
        return security.map(
                        by -> "%s: %s, a self-signed chain by \"%s\", whom nothing but ConfigMap corp-ca vouches for"
                                .formatted(about, broker.tls(), by.authority()))
                .orElse(about + ": this Redis speaks no TLS");
    }
}
