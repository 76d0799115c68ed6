package dev.workerpool.tools.bench;

import java.math.BigDecimal;
import java.util.List;

/** How jobs stand in Redis, and how workers say that they live. */
enum Keys {
    Sidekiq("framework: Sidekiq", "queue:%s") {
        @Override
        String job(String queue, long number) {
            return "{\"class\":\"Work\",\"args\":[],\"jid\":\"%024x\",\"queue\":\"%s\",\"enqueued_at\":%s}"
                    .formatted(number, queue, now());
        }
    },
    Celery("framework: Celery\n  celery: {app: bench}", "%s") {
        @Override
        String job(String queue, long number) {
            return "{\"body\":\"W1tdLCB7fSwge31d\",\"headers\":{\"task\":\"work\",\"id\":\"%d\"},\"properties\":{}}"
                    .formatted(number);
        }
    },
    Custom(
            "framework: Custom\n  custom: {waiting: [{type: List, key: \"jobs:{queue}\"}],"
                    + " running: [{type: Hash, key: \"running:{queue}\"}]}",
            "jobs:%s") {
        @Override
        String job(String queue, long number) {
            return "job-" + number;
        }
    };

    private final String specLines;
    private final String list;

    Keys(String specLines, String list) {
        this.specLines = specLines;
        this.list = list;
    }

    /** Lines of a pool's spec. */
    List<String> specLines() {
        return specLines.lines().map(String::strip).toList();
    }

    /** The list that holds the waiting jobs: pushed at its left end, taken from its right. */
    String list(String queue) {
        return list.formatted(queue);
    }

    /** In seconds, with a point whatever the locale. */
    static String now() {
        return BigDecimal.valueOf(System.currentTimeMillis(), 3).toPlainString();
    }

    abstract String job(String queue, long number);
}
