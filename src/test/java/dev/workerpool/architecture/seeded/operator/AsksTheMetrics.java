package dev.workerpool.architecture.seeded.operator;

import dev.workerpool.architecture.seeded.telemetry.AsksTheOperator;

/** Breaks a rule, to prove that it can be broken. */
record AsksTheMetrics(AsksTheOperator metrics) {}
