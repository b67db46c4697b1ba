@NullMarked
package dev.memoryconsole.ui.palette;

import org.jspecify.annotations.NullMarked;
