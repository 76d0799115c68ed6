/**
 * Tasks that are signed, put to the test with real Celery of several versions: who signs, what is mounted for it, and what
 * somebody with a connection to the broker can do to it.
 */
@NullMarked
package dev.workerpool.testing.signing;

import org.jspecify.annotations.NullMarked;
