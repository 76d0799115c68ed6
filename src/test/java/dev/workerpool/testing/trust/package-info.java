/**
 * The code that is mounted into workers, put to the test with real frameworks and real TLS servers: each case of what a
 * broker presents and a worker is told. Nothing here knows which language the code is in.
 */
@NullMarked
package dev.workerpool.testing.trust;

import org.jspecify.annotations.NullMarked;
