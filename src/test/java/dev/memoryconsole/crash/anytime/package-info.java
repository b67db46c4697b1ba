/** Processes that are killed at any time, again and again, while others write. */
@NullMarked
package dev.memoryconsole.crash.anytime;

import org.jspecify.annotations.NullMarked;
