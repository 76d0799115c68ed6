/**
 * Keeps the rooms of the project apart: which package may know which, and what may not happen in the pure ones.
 * Each rule is proven by a class under {@code seeded} that breaks it; nothing else may live there.
 */
@NullMarked
package dev.workerpool.architecture;

import org.jspecify.annotations.NullMarked;
