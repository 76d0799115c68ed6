package dev.workerpool.tools.demo;

import java.util.List;

/** An application whose jobs they are, with what its example says of its pool. */
record App(String pool, Wire wire, List<String> queues, int concurrency) {
    static final App CELERY = new App("mail", new CeleryWire(), List.of("mail", "newsletter"), 8);
    static final App SIDEKIQ = new App("sidekiq", new SidekiqWire(), List.of("critical", "default"), 10);
    static final List<App> ALL = List.of(CELERY, SIDEKIQ);

    App {
        queues = List.copyOf(queues);
    }

    static App ofPool(String pool) {
        return ALL.stream()
                .filter(app -> app.pool.equals(pool))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pool of the demo's: " + pool));
    }

    /** The lists where its jobs wait. */
    List<String> lists() {
        return wire.lists(queues);
    }

    Wire.Identity worker(String pod, String nonce) {
        return new Wire.Identity(pod, nonce, queues, concurrency);
    }
}
