/**
 * How many workers there should be, and why: observations in, a decision out.
 * Pure values only: no input or output, no clock, no thread, nothing but the JDK.
 */
@NullMarked
package dev.workerpool.scaling;

import org.jspecify.annotations.NullMarked;
