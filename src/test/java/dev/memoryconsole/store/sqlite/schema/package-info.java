@NullMarked
package dev.memoryconsole.store.sqlite.schema;

import org.jspecify.annotations.NullMarked;
