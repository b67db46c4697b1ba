@NullMarked
package dev.memoryconsole.store.sqlite.read;

import org.jspecify.annotations.NullMarked;
