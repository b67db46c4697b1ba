/** Help: the keys, the guide, and what a report of a fault needs. */
@NullMarked
package dev.memoryconsole.ui.help;

import org.jspecify.annotations.NullMarked;
