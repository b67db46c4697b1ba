/** What a table in PostgreSQL costs. */
@NullMarked
package dev.memoryconsole.bench.postgres;

import org.jspecify.annotations.NullMarked;
