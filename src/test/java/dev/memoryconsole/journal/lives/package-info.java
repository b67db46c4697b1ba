@NullMarked
package dev.memoryconsole.journal.lives;

import org.jspecify.annotations.NullMarked;
