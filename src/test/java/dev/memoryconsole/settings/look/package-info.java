@NullMarked
package dev.memoryconsole.settings.look;

import org.jspecify.annotations.NullMarked;
