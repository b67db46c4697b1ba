@NullMarked
package dev.memoryconsole.ui.shell;

import org.jspecify.annotations.NullMarked;
