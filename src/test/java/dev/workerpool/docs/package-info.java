/** What the documentation promises, held against the code. */
@NullMarked
package dev.workerpool.docs;

import org.jspecify.annotations.NullMarked;
