/** The plugin's interchange formats: its export and its daily backup. */
@NullMarked
package dev.memoryconsole.exchange;

import org.jspecify.annotations.NullMarked;
