package dev.workerpool.architecture.seeded.status;

import java.util.Random;

/** Breaks a rule, to prove that it can be broken. */
record ThrowsDice(Random dice) {}
