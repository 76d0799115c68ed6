/** From a Deployment of workers that is already there to the WorkerPool and the Broker that would look after it. */
@NullMarked
package dev.workerpool.importing;

import org.jspecify.annotations.NullMarked;
