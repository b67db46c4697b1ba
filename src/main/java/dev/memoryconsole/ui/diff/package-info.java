/** Before and after, key by key. */
@NullMarked
package dev.memoryconsole.ui.diff;

import org.jspecify.annotations.NullMarked;
