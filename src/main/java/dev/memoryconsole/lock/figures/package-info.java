/** Acquisitions added up: distributions of waits and holds, figures by holder. */
@NullMarked
package dev.memoryconsole.lock.figures;

import org.jspecify.annotations.NullMarked;
