/**
 * {@code ./workerpool demo}: a cluster, a Redis and workers on loopback, and the packaged operator among them, shown in the terminal.
 * The operator is only started and looked at from outside; the jobs are written in their frameworks' own wire formats here.
 */
@NullMarked
package dev.workerpool.tools.demo;

import org.jspecify.annotations.NullMarked;
