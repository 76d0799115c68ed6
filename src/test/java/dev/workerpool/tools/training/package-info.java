/**
 * The training run of the image's start: the operator as it is in the image, on a stand-in for a cluster, until it has done what every
 * operator does first; the JVM leaves what it learned as an AOT cache. Part of the image's build: nothing here may need Go, a cluster or a network.
 */
@NullMarked
package dev.workerpool.tools.training;

import org.jspecify.annotations.NullMarked;
