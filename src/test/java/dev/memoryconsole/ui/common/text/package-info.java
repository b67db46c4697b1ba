@NullMarked
package dev.memoryconsole.ui.common.text;

import org.jspecify.annotations.NullMarked;
