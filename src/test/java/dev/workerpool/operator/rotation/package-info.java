/** Client certificates that are issued, and the authority behind them that is followed by another under load. */
@NullMarked
package dev.workerpool.operator.rotation;

import org.jspecify.annotations.NullMarked;
