/** What the app remembers between starts, and where. No secrets. */
@NullMarked
package dev.memoryconsole.settings;

import org.jspecify.annotations.NullMarked;
