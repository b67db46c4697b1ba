/** The journal in SQLite: one database in the workspace, which all processes share. */
@NullMarked
package dev.memoryconsole.journal.sqlite;

import org.jspecify.annotations.NullMarked;
