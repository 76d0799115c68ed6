package dev.workerpool.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.api.WorkerPoolStatus;
import dev.workerpool.api.WorkerPoolStatus.DecisionStatus;
import dev.workerpool.testing.operator.Pools;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a person reads of a pool: status and events. */
record WhatItSays(Pools pools, String pool) {

    void allWorkersReady() {
        WorkerPoolStatus status = status();
        assertEquals(2, status.replicas());
        assertEquals(2, status.readyReplicas());
        assertEquals("workerpool.dev/pool=" + pool, status.selector());
        assertEquals(conditions("True"), conditions());
    }

    /** At zero, with nothing left to do. */
    void atRest() {
        WorkerPoolStatus status = status();
        assertEquals(pools.pool(pool).getMetadata().getGeneration(), status.observedGeneration());
        assertEquals(0, status.replicas());
        assertEquals(0L, status.waiting());
        assertEquals(0L, status.running());
        assertEquals(
                List.of(pool),
                Objects.requireNonNull(status.queues()).stream()
                        .map(WorkerPoolStatus.QueueStatus::name)
                        .toList());
        DecisionStatus decision = Objects.requireNonNull(status.decision());
        assertEquals(0, decision.replicas());
        assertEquals("Idle", decision.reason());
        assertEquals(conditions("True"), conditions());
        told();
    }

    private void told() {
        List<String> events = pools.events("WorkerPool", pool);
        List<String> scaled = events.stream()
                .filter(event -> event.startsWith("Normal Scaled: "))
                .map(event -> event.substring("Normal Scaled: ".length()))
                .toList();
        assertTrue(scaled.getFirst().startsWith("from 0 to "), events::toString);
        assertTrue(scaled.getFirst().contains(" waiting in 1 queue, one worker for 10: "), events::toString);
        assertTrue(scaled.getLast().startsWith("from 1 to 0: Idle, "), events::toString);
        assertTrue(events.stream().noneMatch(event -> event.startsWith("Warning ")), events::toString);
    }

    private static Map<String, String> conditions(String ready) {
        return new TreeMap<>(Map.of(
                "BrokerReady", "True",
                "ConnectionInjected", "True",
                "QueuesConsumed", "True",
                "Ready", ready,
                "Reconciling", "False",
                "Restricted", "True",
                "ScalingActive", "True",
                "Stalled", "False"));
    }

    private Map<String, String> conditions() {
        Map<String, String> conditions = new TreeMap<>();
        Objects.requireNonNull(status().conditions())
                .forEach(condition -> conditions.put(condition.getType(), condition.getStatus()));
        return conditions;
    }

    private WorkerPoolStatus status() {
        return Objects.requireNonNull(pools.pool(pool).getStatus());
    }
}
