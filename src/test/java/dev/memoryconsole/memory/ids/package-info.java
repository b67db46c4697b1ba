@NullMarked
package dev.memoryconsole.memory.ids;

import org.jspecify.annotations.NullMarked;
