/** Lance's files read by this program itself, before the native library sees them. */
@NullMarked
package dev.memoryconsole.store.lance.format;

import org.jspecify.annotations.NullMarked;
