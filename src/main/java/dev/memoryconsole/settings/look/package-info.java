/** How the window looks and is arranged, and what it speaks. */
@NullMarked
package dev.memoryconsole.settings.look;

import org.jspecify.annotations.NullMarked;
