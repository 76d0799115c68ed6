package dev.workerpool.architecture.seeded.drawer;

/** Breaks a rule, to prove that it can be broken. */
record HasNoRoom() {}
