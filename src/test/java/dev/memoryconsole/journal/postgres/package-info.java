/** Shared runs in a database of PostgreSQL, on a real server. */
@NullMarked
package dev.memoryconsole.journal.postgres;

import org.jspecify.annotations.NullMarked;
