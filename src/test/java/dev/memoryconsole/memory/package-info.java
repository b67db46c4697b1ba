@NullMarked
package dev.memoryconsole.memory;

import org.jspecify.annotations.NullMarked;
