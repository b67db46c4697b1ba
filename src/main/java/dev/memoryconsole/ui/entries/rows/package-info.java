/** What can be done with rows of the table: copied, exported, looked at. */
@NullMarked
package dev.memoryconsole.ui.entries.rows;

import org.jspecify.annotations.NullMarked;
