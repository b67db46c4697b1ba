/** Runs that do what an admin planned: fields set, rows deleted, duplicates merged. */
@NullMarked
package dev.memoryconsole.upgrade.mend;

import org.jspecify.annotations.NullMarked;
