package dev.workerpool.scaling;

/** What was seen of a pool at one moment, and what was decided. */
public record Sighting(Settings settings, Totals totals, Fleet fleet, Decision decision) {}
