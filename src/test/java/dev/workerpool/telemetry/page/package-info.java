/** The page: its memory, its server, and itself in a real browser. */
@NullMarked
package dev.workerpool.telemetry.page;

import org.jspecify.annotations.NullMarked;
