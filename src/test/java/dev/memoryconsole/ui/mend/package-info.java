@NullMarked
package dev.memoryconsole.ui.mend;

import org.jspecify.annotations.NullMarked;
