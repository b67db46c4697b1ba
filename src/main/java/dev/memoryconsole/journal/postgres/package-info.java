/** Shared runs, in tables beside the memories. */
@NullMarked
package dev.memoryconsole.journal.postgres;

import org.jspecify.annotations.NullMarked;
