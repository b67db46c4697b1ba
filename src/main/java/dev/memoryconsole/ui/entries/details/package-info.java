/** Parts of the details of a memory: its metadata as a tree, and the memories it names. */
@NullMarked
package dev.memoryconsole.ui.entries.details;

import org.jspecify.annotations.NullMarked;
