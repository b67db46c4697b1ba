/** Groups of options that commands share as mixins. */
@NullMarked
package dev.memoryconsole.cli.option;

import org.jspecify.annotations.NullMarked;
