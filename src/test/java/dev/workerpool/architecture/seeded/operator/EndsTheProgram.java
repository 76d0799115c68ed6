package dev.workerpool.architecture.seeded.operator;

import dev.workerpool.architecture.seeded.Main;

/** Breaks a rule, to prove that it can be broken. */
public record EndsTheProgram(Main main) {}
