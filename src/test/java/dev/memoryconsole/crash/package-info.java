/** Runs that are killed or robbed of their disk in the middle, in processes of their own. */
@NullMarked
package dev.memoryconsole.crash;

import org.jspecify.annotations.NullMarked;
