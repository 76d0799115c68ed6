/** What is shipped for Argo CD and Flux, tried. */
@NullMarked
package dev.workerpool.gitops;

import org.jspecify.annotations.NullMarked;
