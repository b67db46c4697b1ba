/** The two phases: engine, entry and run states, batching and retry. */
@NullMarked
package dev.memoryconsole.upgrade;

import org.jspecify.annotations.NullMarked;
