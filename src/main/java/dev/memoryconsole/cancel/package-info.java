/** Stopping work whose answer nobody waits for any more, down to the statement that it runs. */
@NullMarked
package dev.memoryconsole.cancel;

import org.jspecify.annotations.NullMarked;
