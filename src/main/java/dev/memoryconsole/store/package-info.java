/** The port to a store of memories, and its results. */
@NullMarked
package dev.memoryconsole.store;

import org.jspecify.annotations.NullMarked;
