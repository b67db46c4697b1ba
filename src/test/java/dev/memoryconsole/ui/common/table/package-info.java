@NullMarked
package dev.memoryconsole.ui.common.table;

import org.jspecify.annotations.NullMarked;
