@NullMarked
package dev.memoryconsole.lock.record;

import org.jspecify.annotations.NullMarked;
