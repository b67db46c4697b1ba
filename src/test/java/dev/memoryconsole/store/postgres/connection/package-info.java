/** Where servers of PostgreSQL are, and how one connects. */
@NullMarked
package dev.memoryconsole.store.postgres.connection;

import org.jspecify.annotations.NullMarked;
