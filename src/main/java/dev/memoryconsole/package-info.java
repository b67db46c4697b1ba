/** The entry point of Memory Console. */
@NullMarked
package dev.memoryconsole;

import org.jspecify.annotations.NullMarked;
