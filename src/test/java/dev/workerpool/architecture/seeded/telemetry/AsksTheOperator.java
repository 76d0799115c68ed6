package dev.workerpool.architecture.seeded.telemetry;

import dev.workerpool.architecture.seeded.operator.EndsTheProgram;

/** Breaks a rule, to prove that it can be broken. */
public record AsksTheOperator(EndsTheProgram operator) {}
