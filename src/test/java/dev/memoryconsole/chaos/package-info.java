/** Everything at once on one store, and an oracle that knows every acknowledged write. */
@NullMarked
package dev.memoryconsole.chaos;

import org.jspecify.annotations.NullMarked;
