/**
 * What people get wrong: each mistake is told on the object that holds it, disturbs nothing beside it, and is over once it is mended.
 * Nothing here restarts the operator, and no secret may be read anywhere but in a Secret.
 */
@NullMarked
package dev.workerpool.story.badinput;

import org.jspecify.annotations.NullMarked;
