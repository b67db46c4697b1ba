@NullMarked
package dev.memoryconsole.architecture;

import org.jspecify.annotations.NullMarked;
