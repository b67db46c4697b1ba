@NullMarked
package dev.memoryconsole.upgrade;

import org.jspecify.annotations.NullMarked;
