/** What tables in PostgreSQL hold. */
@NullMarked
package dev.memoryconsole.store.postgres.table;

import org.jspecify.annotations.NullMarked;
