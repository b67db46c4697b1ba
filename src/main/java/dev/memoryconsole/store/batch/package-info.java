/** What a store is asked about a batch of rows, and what it answers. */
@NullMarked
package dev.memoryconsole.store.batch;

import org.jspecify.annotations.NullMarked;
