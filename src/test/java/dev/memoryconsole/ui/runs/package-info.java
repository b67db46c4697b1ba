@NullMarked
package dev.memoryconsole.ui.runs;

import org.jspecify.annotations.NullMarked;
