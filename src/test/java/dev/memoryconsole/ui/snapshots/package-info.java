@NullMarked
package dev.memoryconsole.ui.snapshots;

import org.jspecify.annotations.NullMarked;
