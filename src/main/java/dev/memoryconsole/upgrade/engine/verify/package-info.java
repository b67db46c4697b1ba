/** Looks whether what runs wrote stayed, and writes once more what was overwritten. */
@NullMarked
package dev.memoryconsole.upgrade.engine.verify;

import org.jspecify.annotations.NullMarked;
