/**
 * The packaged operator as a process of its own, as a user runs it. It is only started and looked at from outside: none of
 * its classes may be used here.
 */
@NullMarked
package dev.workerpool.testing.operator;

import org.jspecify.annotations.NullMarked;
