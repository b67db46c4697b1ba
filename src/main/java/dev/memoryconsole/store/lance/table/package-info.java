/** The plugin's table: where it is, whether it may be read and written, its columns, scans. */
@NullMarked
package dev.memoryconsole.store.lance.table;

import org.jspecify.annotations.NullMarked;
