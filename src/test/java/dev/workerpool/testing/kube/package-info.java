/**
 * A real Kubernetes control plane for tests: where its programs come from, how it is started and ended, what was asked of it.
 * Nothing of the product may enter here, so that what the tests stand on does not depend on what they test.
 */
@NullMarked
package dev.workerpool.testing.kube;

import org.jspecify.annotations.NullMarked;
