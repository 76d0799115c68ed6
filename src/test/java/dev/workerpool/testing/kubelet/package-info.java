/**
 * A node that runs each of its pods as a process of this machine, from exactly what the pod says and the real Secrets.
 * It knows Kubernetes alone: nothing of the operator or of any framework may enter here.
 */
@NullMarked
package dev.workerpool.testing.kubelet;

import org.jspecify.annotations.NullMarked;
