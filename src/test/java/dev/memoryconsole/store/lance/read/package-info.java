@NullMarked
package dev.memoryconsole.store.lance.read;

import org.jspecify.annotations.NullMarked;
