/** Listing, filtering, finding and counting the rows of a table. */
@NullMarked
package dev.memoryconsole.store.postgres.read;

import org.jspecify.annotations.NullMarked;
