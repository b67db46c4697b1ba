@NullMarked
package dev.memoryconsole.diff;

import org.jspecify.annotations.NullMarked;
