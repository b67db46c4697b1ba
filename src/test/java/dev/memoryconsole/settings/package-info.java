@NullMarked
package dev.memoryconsole.settings;

import org.jspecify.annotations.NullMarked;
