/** Stops statements of SQLite whose answer nobody waits for any more. */
@NullMarked
package dev.memoryconsole.cancel.sqlite;

import org.jspecify.annotations.NullMarked;
