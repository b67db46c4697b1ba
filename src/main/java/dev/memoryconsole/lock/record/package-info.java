/** The record of a store's lock: who waits and holds now, the latest acquisitions, their sums. */
@NullMarked
package dev.memoryconsole.lock.record;

import org.jspecify.annotations.NullMarked;
