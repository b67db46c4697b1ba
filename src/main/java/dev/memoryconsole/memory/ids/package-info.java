/** Very many ids in little memory. Pure Java. */
@NullMarked
package dev.memoryconsole.memory.ids;

import org.jspecify.annotations.NullMarked;
