/** The one connection that writes, and the lock that it shares with other programs. */
@NullMarked
package dev.memoryconsole.store.sqlite.write;

import org.jspecify.annotations.NullMarked;
