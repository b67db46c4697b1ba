/** The command line: the same use cases for terminals and scripts. */
@NullMarked
package dev.memoryconsole.cli;

import org.jspecify.annotations.NullMarked;
