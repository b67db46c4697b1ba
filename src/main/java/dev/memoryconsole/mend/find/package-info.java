/** Looks through a whole store for what somebody should mend. Writes nothing. */
@NullMarked
package dev.memoryconsole.mend.find;

import org.jspecify.annotations.NullMarked;
