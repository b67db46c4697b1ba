/** The window: the only package that knows JavaFX. */
@NullMarked
package dev.memoryconsole.ui;

import org.jspecify.annotations.NullMarked;
