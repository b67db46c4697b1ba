/** Finding memories: what is offered while one types, where it occurs, how many there would be. */
@NullMarked
package dev.memoryconsole.ui.entries.find;

import org.jspecify.annotations.NullMarked;
