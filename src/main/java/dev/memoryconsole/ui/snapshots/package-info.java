/** The snapshots of the open store, over the window: list, take, restore. */
@NullMarked
package dev.memoryconsole.ui.snapshots;

import org.jspecify.annotations.NullMarked;
