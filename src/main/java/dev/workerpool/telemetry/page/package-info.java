/** The page for people: what the operator has seen in the last hour, read-only, from memory. Nothing is asked for it. */
@NullMarked
package dev.workerpool.telemetry.page;

import org.jspecify.annotations.NullMarked;
