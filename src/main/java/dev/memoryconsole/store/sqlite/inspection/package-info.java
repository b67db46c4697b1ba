/** Looks at a file before it is opened or written, and refuses what can't be, with a sentence. */
@NullMarked
package dev.memoryconsole.store.sqlite.inspection;

import org.jspecify.annotations.NullMarked;
