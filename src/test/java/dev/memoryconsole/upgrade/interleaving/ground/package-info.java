/** The databases on which interleavings are played. */
@NullMarked
package dev.memoryconsole.upgrade.interleaving.ground;

import org.jspecify.annotations.NullMarked;
