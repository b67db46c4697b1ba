@NullMarked
package dev.memoryconsole.ui.about;

import org.jspecify.annotations.NullMarked;
