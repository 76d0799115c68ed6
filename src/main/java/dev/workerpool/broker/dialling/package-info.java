/**
 * What every adapter does alike when it dials: whom it trusts, what it presents, when it tries again, and its words for what fails. No client library of
 * a broker may enter.
 */
@NullMarked
package dev.workerpool.broker.dialling;

import org.jspecify.annotations.NullMarked;
