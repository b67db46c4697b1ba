/** The runs of a store and what became of their entries. */
@NullMarked
package dev.memoryconsole.ui.runs;

import org.jspecify.annotations.NullMarked;
