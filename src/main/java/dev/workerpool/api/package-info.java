/**
 * The resources as people write them: records that mirror the schema, with each rule beside the field it guards.
 * No decisions, no defaults that the schema does not state, and no client live here.
 */
@NullMarked
package dev.workerpool.api;

import org.jspecify.annotations.NullMarked;
