/** The lock that programs on Node share through the npm package {@code proper-lockfile}. */
@NullMarked
package dev.memoryconsole.lock.lockfile;

import org.jspecify.annotations.NullMarked;
