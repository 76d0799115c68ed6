/**
 * The code that is mounted into workers, in the languages of their frameworks. The operator's own classes have no part in
 * it: it is run as a pod would run it.
 */
@NullMarked
package dev.workerpool.worker;

import org.jspecify.annotations.NullMarked;
