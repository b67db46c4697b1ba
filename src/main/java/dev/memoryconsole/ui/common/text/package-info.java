/** Words, times, money and JSON as the window spells them. */
@NullMarked
package dev.memoryconsole.ui.common.text;

import org.jspecify.annotations.NullMarked;
