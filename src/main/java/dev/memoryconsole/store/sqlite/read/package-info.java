/** Reads entries, counts and totals, whether a file has our tables or not. */
@NullMarked
package dev.memoryconsole.store.sqlite.read;

import org.jspecify.annotations.NullMarked;
