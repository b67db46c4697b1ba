/** The window on a table of a server. */
@NullMarked
package dev.memoryconsole.ui.database;

import org.jspecify.annotations.NullMarked;
