/**
 * The language in which memories are asked for, in the window's field and after {@code --where}.
 */
@NullMarked
package dev.memoryconsole.store.query;

import org.jspecify.annotations.NullMarked;
