/**
 * Tests of the scaling rules: pure values and an invented clock, in milliseconds.
 * No broker and no cluster may enter here.
 */
@NullMarked
package dev.workerpool.scaling;

import org.jspecify.annotations.NullMarked;
