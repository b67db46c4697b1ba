/** Who waits for whom, of all who use a server's table. */
@NullMarked
package dev.memoryconsole.ui.locks.waits;

import org.jspecify.annotations.NullMarked;
