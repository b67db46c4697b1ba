@NullMarked
package dev.memoryconsole.cli;

import org.jspecify.annotations.NullMarked;
