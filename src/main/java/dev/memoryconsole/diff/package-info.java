/** What changed in a memory's metadata, key by key. */
@NullMarked
package dev.memoryconsole.diff;

import org.jspecify.annotations.NullMarked;
