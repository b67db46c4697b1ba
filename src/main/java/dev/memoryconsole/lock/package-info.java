/** The write lock of a store: who held it, how long, who waited. */
@NullMarked
package dev.memoryconsole.lock;

import org.jspecify.annotations.NullMarked;
