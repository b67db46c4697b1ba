/** Asks for a table on a server, tries the connection, and has it opened. */
@NullMarked
package dev.memoryconsole.ui.database;

import org.jspecify.annotations.NullMarked;
