/** How the admin arranged the window's screens. */
@NullMarked
package dev.memoryconsole.settings.look;

import org.jspecify.annotations.NullMarked;
