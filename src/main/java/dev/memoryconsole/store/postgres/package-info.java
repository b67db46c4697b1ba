/**
 * A store in a table of a database that many machines share: PostgreSQL and what speaks like it.
 */
@NullMarked
package dev.memoryconsole.store.postgres;

import org.jspecify.annotations.NullMarked;
