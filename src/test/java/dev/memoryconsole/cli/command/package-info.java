@NullMarked
package dev.memoryconsole.cli.command;

import org.jspecify.annotations.NullMarked;
