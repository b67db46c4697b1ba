@NullMarked
package dev.memoryconsole.journal;

import org.jspecify.annotations.NullMarked;
