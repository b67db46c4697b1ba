@NullMarked
package dev.memoryconsole.cli.purge;

import org.jspecify.annotations.NullMarked;
