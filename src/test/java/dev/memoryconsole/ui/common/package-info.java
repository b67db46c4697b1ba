@NullMarked
package dev.memoryconsole.ui.common;

import org.jspecify.annotations.NullMarked;
