@NullMarked
package dev.memoryconsole.store.lance.table;

import org.jspecify.annotations.NullMarked;
