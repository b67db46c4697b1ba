@NullMarked
package dev.memoryconsole.ui.entries.details;

import org.jspecify.annotations.NullMarked;
