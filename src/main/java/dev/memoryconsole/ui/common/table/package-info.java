/** Tables: cells, columns that fit, lists read page by page, and badges of state. */
@NullMarked
package dev.memoryconsole.ui.common.table;

import org.jspecify.annotations.NullMarked;
