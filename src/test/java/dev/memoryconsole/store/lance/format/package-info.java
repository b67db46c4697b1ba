@NullMarked
package dev.memoryconsole.store.lance.format;

import org.jspecify.annotations.NullMarked;
