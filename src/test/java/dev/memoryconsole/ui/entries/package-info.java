@NullMarked
package dev.memoryconsole.ui.entries;

import org.jspecify.annotations.NullMarked;
