/**
 * The packaged operator as a process of its own, as a user runs it, and the objects that users give it. It is only started
 * and looked at from outside: of its classes only the resources in {@code api} may be used here.
 */
@NullMarked
package dev.workerpool.testing.operator;

import org.jspecify.annotations.NullMarked;
