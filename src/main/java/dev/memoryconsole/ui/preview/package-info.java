/** What an upgrade would do to each of the chosen memories, before it is started. */
@NullMarked
package dev.memoryconsole.ui.preview;

import org.jspecify.annotations.NullMarked;
