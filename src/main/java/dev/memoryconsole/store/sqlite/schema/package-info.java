/** The tables of a store: their form, what may be relied upon, how they are made. */
@NullMarked
package dev.memoryconsole.store.sqlite.schema;

import org.jspecify.annotations.NullMarked;
