/** The durable record of runs: the app's own SQLite database. */
@NullMarked
package dev.memoryconsole.journal;

import org.jspecify.annotations.NullMarked;
