@NullMarked
package dev.memoryconsole.store.query;

import org.jspecify.annotations.NullMarked;
