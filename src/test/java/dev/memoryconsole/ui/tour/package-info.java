/**
 * Every place in the window, seen by several eyes: keyboard, large text, comparison of pictures.
 */
@NullMarked
package dev.memoryconsole.ui.tour;

import org.jspecify.annotations.NullMarked;
