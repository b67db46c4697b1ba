/** Slow work, done away from the user interface's thread. */
@NullMarked
package dev.memoryconsole.ui.common.task;

import org.jspecify.annotations.NullMarked;
