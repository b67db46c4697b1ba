/** The lock through Redis that the plugin takes where several machines share a store. */
@NullMarked
package dev.memoryconsole.lock.redis;

import org.jspecify.annotations.NullMarked;
