/** How an upgrade is done: the phases of a run, and who starts and ends runs. */
@NullMarked
package dev.memoryconsole.upgrade.engine;

import org.jspecify.annotations.NullMarked;
