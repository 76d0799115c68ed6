/**
 * What the operator survives, shown on the packaged operator, a real API server and a real broker: being killed, being
 * stopped, being restarted, losing the API server. It is only started and looked at from outside.
 */
@NullMarked
package dev.workerpool.operator.survival;

import org.jspecify.annotations.NullMarked;
