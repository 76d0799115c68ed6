/** What the operator shows of itself: metrics, health and the HTTP server that carries both. It changes nothing. */
@NullMarked
package dev.workerpool.telemetry;

import org.jspecify.annotations.NullMarked;
