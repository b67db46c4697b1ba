/**
 * What every command of the command line is built from: the store, the output, the services behind
 * it.
 */
@NullMarked
package dev.memoryconsole.cli.command;

import org.jspecify.annotations.NullMarked;
