/** The command line. Nothing else lives here: it reads arguments and hands over to {@code operator}. */
@NullMarked
package dev.workerpool;

import org.jspecify.annotations.NullMarked;
