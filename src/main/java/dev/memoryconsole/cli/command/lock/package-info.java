/** Commands about the store's lock: who held it, and how to break one that was left behind. */
@NullMarked
package dev.memoryconsole.cli.command.lock;

import org.jspecify.annotations.NullMarked;
