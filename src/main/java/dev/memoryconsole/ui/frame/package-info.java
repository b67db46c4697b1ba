/** The frame that screens, panels and offers add themselves to, and what all of them share. */
@NullMarked
package dev.memoryconsole.ui.frame;

import org.jspecify.annotations.NullMarked;
