/** What a mend would do to each of many memories, before it does it. */
@NullMarked
package dev.memoryconsole.ui.mend;

import org.jspecify.annotations.NullMarked;
