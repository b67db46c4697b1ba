/** Answers queries row by row, for stores whose engine can't answer them itself. */
@NullMarked
package dev.memoryconsole.store.scan;

import org.jspecify.annotations.NullMarked;
