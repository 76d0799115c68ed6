/**
 * A broker moves to TLS on a real node while jobs flow: real pods of real images, each job counted by itself. What is printed is what
 * was seen.
 */
@NullMarked
package dev.workerpool.story.moving;

import org.jspecify.annotations.NullMarked;
