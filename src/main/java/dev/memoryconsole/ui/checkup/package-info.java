/** Looks through the store for what should be mended, and shows it. */
@NullMarked
package dev.memoryconsole.ui.checkup;

import org.jspecify.annotations.NullMarked;
