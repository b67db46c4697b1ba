/** Import and export in the formats of the plugin. */
@NullMarked
package dev.memoryconsole.exchange;

import org.jspecify.annotations.NullMarked;
