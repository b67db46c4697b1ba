/** Changing, adding, deleting and putting back rows under the locks of these rows. */
@NullMarked
package dev.memoryconsole.store.postgres.write;

import org.jspecify.annotations.NullMarked;
