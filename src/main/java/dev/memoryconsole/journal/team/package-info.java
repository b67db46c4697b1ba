/** Runs that many consoles work on at the same time. */
@NullMarked
package dev.memoryconsole.journal.team;

import org.jspecify.annotations.NullMarked;
