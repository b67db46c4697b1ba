/** The table of memories: what it must be like, and how one is made. */
@NullMarked
package dev.memoryconsole.store.postgres.table;

import org.jspecify.annotations.NullMarked;
