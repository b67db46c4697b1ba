/** A store of memories in one SQLite file, shared with other programs. The only JDBC of stores. */
@NullMarked
package dev.memoryconsole.store.sqlite;

import org.jspecify.annotations.NullMarked;
