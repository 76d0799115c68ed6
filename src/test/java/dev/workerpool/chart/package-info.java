/** The Helm chart, by the real Helm on the real API server. */
@NullMarked
package dev.workerpool.chart;

import org.jspecify.annotations.NullMarked;
