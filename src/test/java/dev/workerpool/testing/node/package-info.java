/**
 * One real node beside the control plane (containerd, runc, kubelet), whose pods really run, drain and are killed.
 * It needs root on a Linux machine and none of the operator.
 */
@NullMarked
package dev.workerpool.testing.node;

import org.jspecify.annotations.NullMarked;
