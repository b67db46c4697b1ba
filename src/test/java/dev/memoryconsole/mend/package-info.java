/** Mends on the plugin's store and on the command line. */
@NullMarked
package dev.memoryconsole.mend;

import org.jspecify.annotations.NullMarked;
