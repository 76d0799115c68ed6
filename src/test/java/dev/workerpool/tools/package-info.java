/**
 * What a checkout can do that the operator's image cannot: show itself, and measure itself. It stands on the tests'
 * control plane and servers, so it lives among the tests.
 */
@NullMarked
package dev.workerpool.tools;

import org.jspecify.annotations.NullMarked;
