/** What is read of PostgreSQL. */
@NullMarked
package dev.memoryconsole.store.postgres.read;

import org.jspecify.annotations.NullMarked;
