/** What people are told: conditions, status and the wording of both, as values. Nothing is decided or sent here. */
@NullMarked
package dev.workerpool.status;

import org.jspecify.annotations.NullMarked;
