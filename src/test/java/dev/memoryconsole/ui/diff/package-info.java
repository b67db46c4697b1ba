@NullMarked
package dev.memoryconsole.ui.diff;

import org.jspecify.annotations.NullMarked;
