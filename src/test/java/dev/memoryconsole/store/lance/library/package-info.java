@NullMarked
package dev.memoryconsole.store.lance.library;

import org.jspecify.annotations.NullMarked;
