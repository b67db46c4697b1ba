/** An agent in a process of its own, on Python. */
@NullMarked
package dev.memoryconsole.python;

import org.jspecify.annotations.NullMarked;
