/** Lance's native library: unpacking it, loading it, cleaning up after it. */
@NullMarked
package dev.memoryconsole.store.lance.library;

import org.jspecify.annotations.NullMarked;
