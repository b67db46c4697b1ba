@NullMarked
package dev.memoryconsole.journal.locks;

import org.jspecify.annotations.NullMarked;
