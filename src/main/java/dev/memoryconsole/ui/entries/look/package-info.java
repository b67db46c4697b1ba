/** How the memories screen is arranged: remembered between starts, and saved under names. */
@NullMarked
package dev.memoryconsole.ui.entries.look;

import org.jspecify.annotations.NullMarked;
