@NullMarked
package dev.memoryconsole.store.sqlite.connection;

import org.jspecify.annotations.NullMarked;
