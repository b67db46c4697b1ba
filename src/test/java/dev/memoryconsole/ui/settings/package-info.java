@NullMarked
package dev.memoryconsole.ui.settings;

import org.jspecify.annotations.NullMarked;
