/** Whether a failure of phase 1 is the memory's or the endpoint's. */
@NullMarked
package dev.memoryconsole.upgrade.evidence;

import org.jspecify.annotations.NullMarked;
