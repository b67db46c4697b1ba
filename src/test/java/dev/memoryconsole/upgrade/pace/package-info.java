@NullMarked
package dev.memoryconsole.upgrade.pace;

import org.jspecify.annotations.NullMarked;
