@NullMarked
package dev.memoryconsole.ui.checkup;

import org.jspecify.annotations.NullMarked;
