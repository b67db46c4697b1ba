/** Figures for machines: the endpoint that Prometheus reads. */
@NullMarked
package dev.memoryconsole.metrics;

import org.jspecify.annotations.NullMarked;
