@NullMarked
package dev.memoryconsole.ui.live;

import org.jspecify.annotations.NullMarked;
