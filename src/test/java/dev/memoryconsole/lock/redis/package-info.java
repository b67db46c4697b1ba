@NullMarked
package dev.memoryconsole.lock.redis;

import org.jspecify.annotations.NullMarked;
