/** The other side of the plugin's store: real Node processes. */
@NullMarked
package dev.memoryconsole.node;

import org.jspecify.annotations.NullMarked;
