package dev.workerpool.architecture.seeded;

/** Breaks a rule, to prove that it can be broken. */
public record Main() {}
