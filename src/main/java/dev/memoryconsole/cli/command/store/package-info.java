/** Commands about a store's memories, its files and its snapshots. */
@NullMarked
package dev.memoryconsole.cli.command.store;

import org.jspecify.annotations.NullMarked;
