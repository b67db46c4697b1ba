/** By what memories are counted for an overview: how many there are of each kind, and which. */
@NullMarked
package dev.memoryconsole.store.facet;

import org.jspecify.annotations.NullMarked;
