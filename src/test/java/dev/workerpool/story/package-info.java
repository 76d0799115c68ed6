/**
 * What the product is for, told once from end to end on real parts. Only what a user has may be used here: kubectl, the packaged
 * operator, the frameworks' own producers.
 */
@NullMarked
package dev.workerpool.story;

import org.jspecify.annotations.NullMarked;
