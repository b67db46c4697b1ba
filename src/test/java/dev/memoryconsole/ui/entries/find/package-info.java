@NullMarked
package dev.memoryconsole.ui.entries.find;

import org.jspecify.annotations.NullMarked;
