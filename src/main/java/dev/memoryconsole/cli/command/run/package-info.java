/** Commands that start a run, follow it, and look at what runs did. */
@NullMarked
package dev.memoryconsole.cli.command.run;

import org.jspecify.annotations.NullMarked;
