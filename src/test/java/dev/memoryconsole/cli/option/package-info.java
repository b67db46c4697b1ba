@NullMarked
package dev.memoryconsole.cli.option;

import org.jspecify.annotations.NullMarked;
