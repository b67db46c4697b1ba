/**
 * Interleavings of runs with other writers on a real store, and an oracle that knows nothing of the
 * engine.
 */
@NullMarked
package dev.memoryconsole.upgrade.interleaving;

import org.jspecify.annotations.NullMarked;
