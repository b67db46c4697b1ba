@NullMarked
package dev.memoryconsole.ui.locks;

import org.jspecify.annotations.NullMarked;
