/** The locks screen: who held the store's lock, for how long, who waited. */
@NullMarked
package dev.memoryconsole.ui.locks;

import org.jspecify.annotations.NullMarked;
