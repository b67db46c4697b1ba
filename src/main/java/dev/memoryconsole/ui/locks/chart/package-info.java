/** The lock drawn: a timeline of who waited and held, and histograms of durations. */
@NullMarked
package dev.memoryconsole.ui.locks.chart;

import org.jspecify.annotations.NullMarked;
