/**
 * Objects that a test needs and does not speak about: right in everything, until it says what is special. They are only
 * built here; nothing is sent.
 */
@NullMarked
package dev.workerpool.testing.builders;

import org.jspecify.annotations.NullMarked;
