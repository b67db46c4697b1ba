/** Stores in a database of PostgreSQL, on a real server. */
@NullMarked
package dev.memoryconsole.store.postgres;

import org.jspecify.annotations.NullMarked;
