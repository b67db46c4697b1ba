/** How large a batch is, how long the lock is left alone, and when it may be taken. */
@NullMarked
package dev.memoryconsole.upgrade.pace;

import org.jspecify.annotations.NullMarked;
