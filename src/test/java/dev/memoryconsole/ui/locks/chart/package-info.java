@NullMarked
package dev.memoryconsole.ui.locks.chart;

import org.jspecify.annotations.NullMarked;
