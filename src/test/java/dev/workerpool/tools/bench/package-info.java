/**
 * {@code ./workerpool bench}: measures the packaged operator on the real control plane, whose one node KWOK plays. Figures are
 * printed beside the floor (a bare PATCH seen by the same watch in the same run), since machines differ more than operators do.
 */
@NullMarked
package dev.workerpool.tools.bench;

import org.jspecify.annotations.NullMarked;
