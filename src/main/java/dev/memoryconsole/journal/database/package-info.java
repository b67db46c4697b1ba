/** The journal's file: its connections, schema and transactions, and who may be inside. */
@NullMarked
package dev.memoryconsole.journal.database;

import org.jspecify.annotations.NullMarked;
