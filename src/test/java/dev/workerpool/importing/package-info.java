/** What is read from Deployments as people write them. */
@NullMarked
package dev.workerpool.importing;

import org.jspecify.annotations.NullMarked;
