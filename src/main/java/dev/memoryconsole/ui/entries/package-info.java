/** The memories of a store: filter, table, selection, details. */
@NullMarked
package dev.memoryconsole.ui.entries;

import org.jspecify.annotations.NullMarked;
