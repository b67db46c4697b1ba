/** Copies of a whole store, and the way back. */
@NullMarked
package dev.memoryconsole.store.sqlite.snapshot;

import org.jspecify.annotations.NullMarked;
