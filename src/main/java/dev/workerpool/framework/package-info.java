/**
 * What is particular to each job framework, one record a framework: which keys hold its work, how its worker is
 * started, told to drain and given its broker. Pure: commands and answers are values here, nothing is sent; Jackson
 * may be used to read a few fields of what the frameworks wrote, and nothing else of it.
 */
@NullMarked
package dev.workerpool.framework;

import org.jspecify.annotations.NullMarked;
