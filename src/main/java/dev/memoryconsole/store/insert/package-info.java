/** Adding rows to a store. */
@NullMarked
package dev.memoryconsole.store.insert;

import org.jspecify.annotations.NullMarked;
