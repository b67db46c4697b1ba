@NullMarked
package dev.memoryconsole.lock.lockfile;

import org.jspecify.annotations.NullMarked;
