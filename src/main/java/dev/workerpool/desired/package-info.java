/**
 * Settings, decision and proven connection in; the Kubernetes objects that should exist out.
 * Pure: the model classes may be used, a client may not, and nothing here looks at what exists.
 */
@NullMarked
package dev.workerpool.desired;

import org.jspecify.annotations.NullMarked;
