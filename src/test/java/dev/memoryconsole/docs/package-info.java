/** The documentation, held against the program. */
@NullMarked
package dev.memoryconsole.docs;

import org.jspecify.annotations.NullMarked;
