/**
 * Where everything meets Kubernetes: reconcilers, event sources, the applier, leader election, wiring.
 * Each reconciler gathers, decides, writes; it alone writes, and it decides nothing that a pure room can decide.
 */
@NullMarked
package dev.workerpool.operator;

import org.jspecify.annotations.NullMarked;
