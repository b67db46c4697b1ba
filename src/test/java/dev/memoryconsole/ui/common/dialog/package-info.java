@NullMarked
package dev.memoryconsole.ui.common.dialog;

import org.jspecify.annotations.NullMarked;
