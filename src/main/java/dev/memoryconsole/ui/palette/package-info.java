/** The palette: everything the window can do, found by typing. */
@NullMarked
package dev.memoryconsole.ui.palette;

import org.jspecify.annotations.NullMarked;
