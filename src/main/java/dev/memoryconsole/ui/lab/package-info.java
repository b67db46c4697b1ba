/** The contention lab, over the window: ways of locking tried on copies of the open store. */
@NullMarked
package dev.memoryconsole.ui.lab;

import org.jspecify.annotations.NullMarked;
