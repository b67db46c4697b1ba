@NullMarked
package dev.memoryconsole.bench;

import org.jspecify.annotations.NullMarked;
