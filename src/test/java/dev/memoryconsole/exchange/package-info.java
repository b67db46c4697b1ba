@NullMarked
package dev.memoryconsole.exchange;

import org.jspecify.annotations.NullMarked;
