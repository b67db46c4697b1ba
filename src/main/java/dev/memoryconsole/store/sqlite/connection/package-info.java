/** Connections to a file in SQLite, each kind with its settings, and what their failures mean. */
@NullMarked
package dev.memoryconsole.store.sqlite.connection;

import org.jspecify.annotations.NullMarked;
