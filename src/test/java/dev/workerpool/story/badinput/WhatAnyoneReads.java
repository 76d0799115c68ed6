package dev.workerpool.story.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.operator.PackagedOperator;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that an operator leaves behind where others than those who may read Secrets can see it. */
record WhatAnyoneReads(Neighbourhood all, PackagedOperator operator) {
    private static final List<String> KINDS = List.of(
            "brokers",
            "workerpools",
            "deployments",
            "replicasets",
            "pods",
            "serviceaccounts",
            "poddisruptionbudgets",
            "leases",
            "events");

    void holdsNone(Collection<String> secrets) {
        Map<String, String> places = places();
        assertEquals(List.of(), new SecretSearch(Set.copyOf(secrets)).placesOf(places), "they hold a password");
        // The search does see what is there: the address that stands beside each password.
        List<String> seen = new SecretSearch(Set.of("localhost:" + all.redis().port())).placesOf(places);
        assertTrue(seen.containsAll(List.of("brokers", "events")), seen::toString);
    }

    private Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("log", operator.log());
        places.put("metrics", operator.metrics());
        KINDS.forEach(kind -> places.put(kind, all.kubectl("get", kind, "-o", "yaml", "--show-managed-fields")));
        return places;
    }
}
