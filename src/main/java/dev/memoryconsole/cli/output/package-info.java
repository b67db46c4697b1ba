/** What the command line prints, made safe for a terminal. */
@NullMarked
package dev.memoryconsole.cli.output;

import org.jspecify.annotations.NullMarked;
