/** Which processes are alive, and which of them is at work on which run. */
@NullMarked
package dev.memoryconsole.journal.lives;

import org.jspecify.annotations.NullMarked;
