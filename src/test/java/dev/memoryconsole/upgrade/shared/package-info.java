/** Runs that many consoles work on, with a real server. */
@NullMarked
package dev.memoryconsole.upgrade.shared;

import org.jspecify.annotations.NullMarked;
