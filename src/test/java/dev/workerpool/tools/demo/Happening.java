package dev.workerpool.tools.demo;

import java.time.Instant;

/**
 * Something worth a line.
 *
 * @param pool whose
 * @param step the size before and after, or how many jobs came
 * @param figures what the operator saw then, for those who do not have the table before them
 */
record Happening(Instant at, String pool, String step, String why, String figures) {}
