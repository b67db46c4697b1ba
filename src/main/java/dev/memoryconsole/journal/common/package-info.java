/** What journals have in common, wherever they keep it. */
@NullMarked
package dev.memoryconsole.journal.common;

import org.jspecify.annotations.NullMarked;
