/**
 * Import, export and snapshots: the plugin's export and daily backup, and other tools' memories.
 */
@NullMarked
package dev.memoryconsole.exchange;

import org.jspecify.annotations.NullMarked;
