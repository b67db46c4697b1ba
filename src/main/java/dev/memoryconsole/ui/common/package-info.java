/** What every screen uses: tasks, messages, badges, the open store and its run. */
@NullMarked
package dev.memoryconsole.ui.common;

import org.jspecify.annotations.NullMarked;
