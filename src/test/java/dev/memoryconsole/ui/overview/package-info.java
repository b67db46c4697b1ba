@NullMarked
package dev.memoryconsole.ui.overview;

import org.jspecify.annotations.NullMarked;
