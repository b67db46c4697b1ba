/** What others write while the window is open: a line that says so, and the way to see it. */
@NullMarked
package dev.memoryconsole.ui.live;

import org.jspecify.annotations.NullMarked;
