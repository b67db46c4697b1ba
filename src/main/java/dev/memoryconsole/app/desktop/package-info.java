/** What the computer's desktop knows and shows outside the window: its language, notifications. */
@NullMarked
package dev.memoryconsole.app.desktop;

import org.jspecify.annotations.NullMarked;
