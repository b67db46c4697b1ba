/** The frame around the screens: top bar, rail, run bar, welcome. */
@NullMarked
package dev.memoryconsole.ui.shell;

import org.jspecify.annotations.NullMarked;
